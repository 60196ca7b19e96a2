/**
 * The vocabulary that layers are written in: the few tensor operations every backend has. The engine writes them as a
 * TensorFlow graph; an export writes them in its own format. A layer therefore describes its arithmetic once.
 */

/** Sizes of all axes; `-1` stands for the batch. */
export type Shape = readonly number[];

/** A value in the network; what it is made of is the backend's business. */
export interface Tensor {
  readonly shape: Shape;
}

export type Padding = 'same' | 'valid';
export type Pair = readonly [height: number, width: number];

export interface ConvolutionOptions {
  strides: Pair;
  padding: Padding;
  dilationRate: Pair;
}

export interface PoolingOptions {
  poolSize: Pair;
  strides: Pair;
  padding: Padding;
}

export interface NormalizationInputs {
  gamma: Tensor;
  beta: Tensor;
  movingMean: Tensor;
  movingVariance: Tensor;
  epsilon: number;
}

/** Binary operations broadcast as in NumPy. Images are `[batch, height, width, channels]`. */
export interface Ops {
  constant(value: number): Tensor;

  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  multiply(a: Tensor, b: Tensor): Tensor;
  rsqrt(x: Tensor): Tensor;
  square(x: Tensor): Tensor;

  relu(x: Tensor): Tensor;
  leakyRelu(x: Tensor, negativeSlope: number): Tensor;
  elu(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  erf(x: Tensor): Tensor;
  softmax(x: Tensor): Tensor;
  /** 1 where x >= 0, else 0. */
  heaviside(x: Tensor): Tensor;

  /** `[batch, n] x [n, m]`. */
  matMul(a: Tensor, b: Tensor): Tensor;
  /** Adds `bias` `[channels]` along the last axis. */
  biasAdd(x: Tensor, bias: Tensor): Tensor;
  /** `kernel` is `[height, width, in, out]`. */
  conv2d(x: Tensor, kernel: Tensor, options: ConvolutionOptions): Tensor;
  /** `kernel` is `[height, width, in, multiplier]`. */
  depthwiseConv2d(x: Tensor, kernel: Tensor, options: ConvolutionOptions): Tensor;
  maxPool2d(x: Tensor, options: PoolingOptions): Tensor;
  averagePool2d(x: Tensor, options: PoolingOptions): Tensor;

  /** Mean over `axes` (counted with the batch as axis 0). */
  mean(x: Tensor, axes: readonly number[], keepDims: boolean): Tensor;
  /** `shape` is without the batch. */
  reshape(x: Tensor, shape: Shape): Tensor;

  /** Over the last axis, with the moving statistics. */
  batchNormalization(x: Tensor, inputs: NormalizationInputs): Tensor;
}

/** What only training needs: randomness and the batch's own statistics. */
export interface TrainingOps {
  /** Zeroes each element with probability `rate` and scales the rest by 1 / (1 - rate); axes of size 1 in `noiseShape` share their fate. */
  dropout(x: Tensor, rate: number, noiseShape: Shape): Tensor;
  /** Adds noise of mean 0 and the given standard deviation. */
  gaussianNoise(x: Tensor, stddev: number): Tensor;
  /** Normalises with the batch's mean and variance, and gives both (the biased variance, as Keras 3 does). */
  batchNormalizationTraining(
    x: Tensor,
    inputs: NormalizationInputs,
  ): { output: Tensor; mean: Tensor; variance: Tensor };
}
