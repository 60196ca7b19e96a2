/** A trained network in a native session, its weights as constants so that TensorFlow can fold and fuse them. */
import { fail } from '../shared/errors.ts';
import { sizeOf } from '../shared/network/layer.ts';
import { resolveNetwork, type ResolvedNetwork } from '../shared/network/resolve.ts';
import type { NetworkSpec } from '../shared/network/spec.ts';
import { addForward, addImageFeed } from './graph/forward.ts';
import { Graph } from './graph/graph.ts';
import { constant } from './graph/kernels.ts';
import { serializeGraph } from './graph/serialize.ts';
import { closeSession, openSession, runSession } from './tensorflow.ts';

const OUTPUT = 'output';

/** Images per native call: enough to fill the cores, small enough to stay in cache and to keep memory flat. */
const MAX_BATCH = 256;

export class InferenceSession {
  readonly network: ResolvedNetwork;
  readonly #session: number;

  /** `weights`: float32 values in the network's weight order. */
  constructor(spec: NetworkSpec, weights: Float32Array) {
    this.network = resolveNetwork(spec);
    if (weights.length !== this.network.parameters) {
      fail('modelFileDamaged', {
        problem: `${weights.length} weights for ${this.network.parameters} parameters`,
      });
    }
    const graph = new Graph();
    const images = addImageFeed(graph, this.network);
    const values = this.network.weights.map(({ path, shape, offset, size }) => {
      return [path, constant(graph, weights.slice(offset, offset + size), shape)] as const;
    });
    const output = addForward(graph, this.network, { images, weights: new Map(values) });
    graph.add('Identity', [output], {
      name: OUTPUT,
      attributes: { T: { type: 'float' } },
      outputs: [{ shape: output.shape }],
    });
    this.#session = openSession(serializeGraph(graph));
  }

  /** Probabilities `[n, classes]` of `images`, `[n, pixels]` bytes. */
  predict(images: Uint8Array): Float32Array {
    const size = sizeOf(this.network.inputShape);
    const classes = sizeOf(this.network.outputShape);
    const count = images.length / size;
    if (!Number.isInteger(count)) fail('imagesMalformed', { expected: size, received: images.length });
    const probabilities = new Float32Array(count * classes);
    for (let start = 0; start < count; start += MAX_BATCH) {
      const end = Math.min(count, start + MAX_BATCH);
      const feed = {
        name: 'images',
        dtype: 'uint8',
        shape: [end - start, size],
        data: images.subarray(start * size, end * size),
      } as const;
      probabilities.set(runSession(this.#session, [feed], [`${OUTPUT}:0`])[0]!, start * classes);
    }
    return probabilities;
  }

  dispose(): void {
    closeSession(this.#session);
  }
}
