/** Some activations are known to tfjs as layers only: those are taken out of the layers that have them built in. */
import { layerNames } from './resolve.ts';
import type { LayerSpec, NetworkSpec } from './spec.ts';

const LAYER_ONLY = 'leakyRelu';

/** The same network with every built-in leaky ReLU as a layer after its own; weights and their order stay. */
export function splitActivations(network: NetworkSpec): NetworkSpec {
  const names = layerNames(network);
  const renamed = new Map<string, string>();
  const layers: LayerSpec[] = [];
  network.layers.forEach((layer, index) => {
    const name = names[index]!;
    const inputs = layer.inputs?.map((input) => renamed.get(input) ?? input);
    const named = { ...layer, name, ...(inputs ? { inputs } : {}) };
    if (layer.type === 'activation' || layer.activation !== LAYER_ONLY) return void layers.push(named);
    renamed.set(name, `${name}_activation`);
    layers.push({ ...named, activation: 'linear' });
    layers.push({ type: 'activation', name: `${name}_activation`, activation: LAYER_ONLY });
  });
  return { ...network, layers };
}
