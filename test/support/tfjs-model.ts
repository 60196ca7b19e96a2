/** One of our networks as tfjs reads it from a LayersModel, with outputs, losses and gradients by tfjs alone. */
import type { Scalar, Tensor, Tensor1D, Tensor2D, Variable } from '@tensorflow/tfjs-node';
import { toLayersModel } from '../../src/shared/network/keras-format.ts';
import { networkSpecSchema } from '../../src/shared/network/spec.ts';
import { resolveNetwork } from '../../src/shared/network/resolve.ts';
import type { Batch } from '../../src/engine/training-session.ts';
import { toBytes, type TestNetwork } from './engine.ts';
import { tf } from './tfjs.ts';

/** Loss of each sample, `[batch]`, from outputs `[batch, classes]` and targets `[batch, classes]`. */
export type TfjsLoss = (output: Tensor2D, targets: Tensor2D) => Tensor1D;

const SMALL = 1e-7;
const clipped = (output: Tensor2D) => tf.clipByValue(output, SMALL, 1 - SMALL);

/** The losses by their Keras definitions, on probabilities. */
export const tfjsLosses = {
  categoricalCrossentropy: (output, targets) => {
    const normalised = tf.div(output, tf.sum(output, 1, true)) as Tensor2D;
    return tf.neg(tf.sum(tf.mul(targets, tf.log(clipped(normalised))), 1));
  },
  meanSquaredError: (output, targets) => tf.mean(tf.squaredDifference(output, targets), 1),
  binaryCrossentropy: (output, targets) => {
    const p = clipped(output);
    const perClass = tf.add(tf.mul(targets, tf.log(p)), tf.mul(tf.sub(1, targets), tf.log(tf.sub(1, p))));
    return tf.neg(tf.mean(perClass, 1));
  },
} satisfies Record<string, TfjsLoss>;

export class TfjsModel {
  readonly #model: Awaited<ReturnType<typeof tf.loadLayersModel>>;
  readonly #inputShape: readonly number[];
  readonly #classes: number;

  private constructor(model: Awaited<ReturnType<typeof tf.loadLayersModel>>, network: TestNetwork) {
    this.#model = model;
    this.#inputShape = network.inputShape;
    this.#classes = resolveNetwork(network).outputShape[0]!;
  }

  /** `weights`: flat, in our weight order. */
  static async load(network: TestNetwork, weights: Float32Array): Promise<TfjsModel> {
    const file = toLayersModel(networkSpecSchema.parse(network), toBytes(weights));
    const json = JSON.parse(JSON.stringify(file.modelJson)) as {
      modelTopology: object;
      weightsManifest: { weights: { name: string; shape: number[]; dtype: 'float32' }[] }[];
    };
    const artifacts = {
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest[0]!.weights,
      weightData: file.weights.slice().buffer,
    };
    return new TfjsModel(await tf.loadLayersModel({ load: async () => artifacts }), network);
  }

  /** `[n, classes]` at inference, flat. */
  predict({ images }: Pick<Batch, 'images'>): Float32Array {
    return tf
      .tidy(() => (this.#model.predict(this.#images(images)) as Tensor).dataSync() as Float32Array)
      .slice();
  }

  /** Value and gradients, by weight path, of `loss` of the outputs while training. */
  gradients({ images }: Pick<Batch, 'images'>, loss: (output: Tensor2D) => Scalar) {
    tf.engine().startScope();
    const x = this.#images(images);
    const weights = this.#model.trainableWeights;
    // The variable is private in the types, but it is what variableGrads needs.
    const variables = weights.map((weight) => (weight as unknown as { val: Variable }).val);
    const forward = () => loss(this.#model.apply(x, { training: true }) as Tensor2D);
    const { value, grads } = tf.variableGrads(forward, variables);
    const read = (index: number) => grads[variables[index]!.name]!.dataSync().slice() as Float32Array;
    const gradients = new Map(weights.map((weight, index) => [path(weight.originalName), read(index)]));
    const result = { loss: value.dataSync()[0]!, gradients };
    tf.engine().endScope();
    return result;
  }

  /** Sum of the layers' L1 and L2 penalties, by tfjs's own regularizers. */
  penalty(): Scalar {
    return this.#model.calculateLosses().reduce((sum, term) => tf.add(sum, term), tf.scalar(0));
  }

  /** Current value of the weights that are not trained, by path. */
  statistics(): Map<string, Float32Array> {
    return new Map(
      this.#model.nonTrainableWeights.map((weight) => [
        path(weight.originalName),
        weight.read().dataSync().slice() as Float32Array,
      ]),
    );
  }

  /** `[n, classes]` of 0 and 1. */
  oneHot(labels: Int32Array): Tensor2D {
    return tf.oneHot(tf.tensor1d(labels, 'int32'), this.#classes).toFloat() as Tensor2D;
  }

  #images(images: Uint8Array): Tensor {
    const pixels = this.#inputShape.reduce((product, size) => product * size, 1);
    return tf.tensor(Float32Array.from(images), [images.length / pixels, ...this.#inputShape]);
  }
}

const path = (name: string): string => name.split('/').slice(-2).join('/');
