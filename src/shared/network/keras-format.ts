/** A network and its weights <-> the tfjs LayersModel format (model.json + weights.bin). */
import { z } from 'zod';
import { fail } from '../errors.ts';
import { fromKerasLayer, toKerasLayer, type KerasLayer } from './keras-config.ts';
import { sizeOf } from './layer.ts';
import { splitActivations } from './split-activations.ts';
import { NETWORK_INPUT, resolveNetwork, type ResolvedNetwork } from './resolve.ts';
import type { LayerSpec, NetworkSpec } from './spec.ts';

const FLOAT_BYTES = 4;

export interface LayersModel {
  modelJson: Record<string, unknown>;
  /** Content of weights.bin: float32, little-endian, in the manifest's order. */
  weights: Uint8Array;
}

/** `network` with `weights` (float32 values in the network's weight order) as a LayersModel that tfjs loads. */
export function toLayersModel(network: NetworkSpec, weights: Uint8Array): LayersModel {
  const resolved = resolveNetwork(splitActivations(network));
  requireBytes(resolved, weights);
  const manifest = resolved.weights.map(({ path, shape }) => ({ name: path, shape, dtype: 'float32' }));
  const modelJson = {
    format: 'layers-model',
    generatedBy: 'Digit Studio',
    convertedBy: null,
    modelTopology: {
      keras_version: 'tfjs-layers 4.22.0',
      backend: 'tensor_flow.js',
      model_config: topology(resolved),
    },
    weightsManifest: [{ paths: ['weights.bin'], weights: manifest }],
  };
  return { modelJson, weights };
}

/** Reads a sequential or residual LayersModel; what is not supported is refused by name. */
export function fromLayersModel(
  modelJson: unknown,
  weights: Uint8Array,
): { network: NetworkSpec; weights: Uint8Array } {
  const file = parse(modelJson);
  const network = readTopology(file.modelTopology.model_config ?? file.modelTopology);
  const resolved = resolveNetwork(network);
  const entries = file.weightsManifest.flatMap((group) => group.weights);
  return { network, weights: gatherWeights(resolved, { entries, bytes: weights }) };
}

function topology(network: ResolvedNetwork) {
  const batchInputShape = [null, ...network.inputShape];
  const layers = network.layers.map(toKerasLayer);
  const isSequential = network.layers.every(
    (layer, i) =>
      layer.inputs.length === 1 && layer.inputs[0] === (network.layers[i - 1]?.name ?? NETWORK_INPUT),
  );
  if (isSequential) {
    layers[0]!.config = { ...layers[0]!.config, batch_input_shape: batchInputShape, dtype: 'float32' };
    return { class_name: 'Sequential', config: { name: 'network', layers } };
  }
  const input = {
    class_name: 'InputLayer',
    config: { batch_input_shape: batchInputShape, dtype: 'float32', sparse: false, name: NETWORK_INPUT },
  };
  const graph = network.layers.map((layer, i) => ({
    ...layers[i]!,
    name: layer.name,
    inbound_nodes: [layer.inputs.map((source) => [source, 0, 0, {}])],
  }));
  return {
    class_name: 'Model',
    config: {
      name: 'network',
      layers: [{ ...input, name: NETWORK_INPUT, inbound_nodes: [] }, ...graph],
      input_layers: [[NETWORK_INPUT, 0, 0]],
      output_layers: [[network.layers.at(-1)!.name, 0, 0]],
    },
  };
}

const size = z
  .int()
  .min(0)
  .max(2 ** 31);
const kerasLayerSchema = z.object({
  class_name: z.string(),
  config: z.record(z.string(), z.unknown()),
  inbound_nodes: z.array(z.array(z.tuple([z.string()], z.unknown()))).optional(),
});
const modelConfigSchema = z.looseObject({
  class_name: z.string(),
  config: z.union([
    z.array(kerasLayerSchema).min(1).max(1000),
    z.looseObject({
      layers: z.array(kerasLayerSchema).min(1).max(1000),
      output_layers: z.array(z.unknown()).optional(),
    }),
  ]),
});
const weightEntrySchema = z.object({
  name: z.string(),
  shape: z.array(size),
  dtype: z.string(),
  quantization: z.unknown().optional(),
});
const fileSchema = z.looseObject({
  modelTopology: z.looseObject({ model_config: modelConfigSchema.optional() }),
  weightsManifest: z.array(z.looseObject({ weights: z.array(weightEntrySchema) })),
});
type WeightEntry = z.infer<typeof weightEntrySchema>;
type FileLayer = z.infer<typeof kerasLayerSchema>;

function parse(modelJson: unknown): z.infer<typeof fileSchema> {
  const parsed = fileSchema.safeParse(modelJson);
  return parsed.success
    ? parsed.data
    : fail('modelFileDamaged', { problem: z.prettifyError(parsed.error).replaceAll('\n', ' ') });
}

function readTopology(topologyJson: unknown): NetworkSpec {
  const parsed = modelConfigSchema.safeParse(topologyJson);
  if (!parsed.success)
    fail('modelFileDamaged', { problem: z.prettifyError(parsed.error).replaceAll('\n', ' ') });
  const { class_name: className, config } = parsed.data;
  const layers = Array.isArray(config) ? config : config.layers;
  if (!['Sequential', 'Model', 'Functional'].includes(className))
    fail('modelFileUnsupported', { thing: `a model of class ${className}` });
  const inputs = layers.filter(isInput);
  if (inputs.length > 1) fail('modelFileUnsupported', { thing: `${inputs.length} inputs` });
  const read = layers.filter((layer) => !isInput(layer));
  if (!Array.isArray(config)) requireLastOutput(config.output_layers, read.at(-1));
  return {
    inputShape: inputShape(layers),
    layers: read.map((layer) => readLayer(layer, inputs[0]?.config.name)),
  };
}

/** A NetworkSpec gives the output of its last layer, and nothing else. */
function requireLastOutput(outputs: unknown[] | undefined, last: FileLayer | undefined): void {
  if (!outputs) return;
  // Keras 3 writes a single output as [name, 0, 0], tfjs and Keras 2 as [[name, 0, 0]].
  const all = typeof outputs[0] === 'string' ? [outputs] : outputs;
  if (all.length !== 1) fail('modelFileUnsupported', { thing: `${all.length} outputs` });
  const name: unknown = Array.isArray(all[0]) ? all[0][0] : undefined;
  if (name !== last?.config.name)
    fail('modelFileUnsupported', {
      thing: `an output that is not of its last layer (${JSON.stringify(name)})`,
    });
}

const isInput = (layer: FileLayer): boolean => layer.class_name === 'InputLayer';

function inputShape(layers: readonly FileLayer[]): number[] {
  const { batch_input_shape: old, batch_shape: current } = layers[0]!.config;
  const shape = z
    .array(z.int().positive())
    .min(1)
    .safeParse(Array.isArray(old ?? current) ? ((old ?? current) as unknown[]).slice(1) : undefined);
  return shape.success
    ? shape.data
    : fail('modelFileDamaged', { problem: 'the first layer does not give its input shape' });
}

/** A layer with the layers it reads; inputs are left out where they are simply the layer before. */
function readLayer(layer: FileLayer, inputName: unknown): LayerSpec {
  const spec = fromKerasLayer(layer as KerasLayer);
  const nodes = layer.inbound_nodes;
  if (!nodes) return spec;
  if (nodes.length !== 1)
    fail('modelFileUnsupported', {
      thing: `the layer ${String(layer.config.name)}, which is used ${nodes.length} times`,
    });
  return { ...spec, inputs: nodes[0]!.map(([source]) => (source === inputName ? NETWORK_INPUT : source)) };
}

/** The weights in our order, found by the file's names. Nothing is allocated before all of them are known to be there. */
function gatherWeights(
  network: ResolvedNetwork,
  file: { entries: readonly WeightEntry[]; bytes: Uint8Array },
): Uint8Array {
  const found = locateWeights(file);
  const sources = network.weights.map((weight) => {
    const source = found.get(weight.path);
    if (!source) fail('modelFileDamaged', { problem: `the weight ${weight.path} is missing` });
    const [given, needed] = [source.shape, weight.shape].map((shape) => `[${shape.join()}]`);
    if (given !== needed)
      fail('modelFileDamaged', { problem: `the weight ${weight.path} has shape ${given}, not ${needed}` });
    return { offset: weight.offset * FLOAT_BYTES, bytes: source.bytes };
  });
  const gathered = new Uint8Array(network.parameters * FLOAT_BYTES);
  for (const { offset, bytes } of sources) gathered.set(bytes, offset);
  return gathered;
}

/** Shape and bytes of each weight in the file, by `<layer>/<weight>`. */
function locateWeights({ entries, bytes }: { entries: readonly WeightEntry[]; bytes: Uint8Array }) {
  const found = new Map<string, { shape: readonly number[]; bytes: Uint8Array }>();
  let end = 0;
  for (const { name, shape, dtype, quantization } of entries) {
    const kind = quantization === undefined ? dtype : 'quantized';
    if (kind !== 'float32') fail('modelFileUnsupported', { thing: `${kind} weights (${name})` });
    const start = end;
    end += sizeOf(shape) * FLOAT_BYTES;
    found.set(weightKey(name), { shape, bytes: bytes.subarray(start, end) });
  }
  if (end !== bytes.length)
    fail('modelFileDamaged', { problem: `weights.bin has ${bytes.length} bytes, the manifest says ${end}` });
  return found;
}

/** `conv2d/conv2d/kernel:0`, as Keras's converter writes it, and `conv2d/kernel` are the same weight. */
function weightKey(name: string): string {
  const parts = name.replace(/:\d+$/, '').split('/');
  return `${parts.at(-2) ?? ''}/${parts.at(-1)!}`;
}

function requireBytes(network: ResolvedNetwork, weights: Uint8Array): void {
  if (weights.length !== network.parameters * FLOAT_BYTES) {
    fail('modelFileDamaged', {
      problem: `${weights.length} bytes of weights for ${network.parameters} parameters`,
    });
  }
}
