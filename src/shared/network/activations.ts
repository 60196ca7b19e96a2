/** The catalog of activations: each by its Keras name, in terms of the portable operations. */
import { z } from 'zod';
import type { Ops, Tensor } from './ops.ts';

type Activation = (ops: Ops, x: Tensor) => Tensor;

/** Keras's default slope of leakyRelu for x < 0. */
export const LEAKY_RELU_SLOPE = 0.2;

export const activations = {
  linear: (_, x) => x,
  relu: (ops, x) => ops.relu(x),
  leakyRelu: (ops, x) => ops.leakyRelu(x, LEAKY_RELU_SLOPE),
  elu: (ops, x) => ops.elu(x),
  sigmoid: (ops, x) => ops.sigmoid(x),
  tanh: (ops, x) => ops.tanh(x),
  softmax: (ops, x) => ops.softmax(x),
  /** x * sigmoid(x) (Ramachandran et al. 2017). */
  swish: (ops, x) => ops.multiply(x, ops.sigmoid(x)),
  /** x * P(X <= x) for a standard normal X, exact (Hendrycks & Gimpel 2016). */
  gelu: (ops, x) => {
    const cdf = ops.add(ops.constant(1), ops.erf(ops.multiply(x, ops.constant(Math.SQRT1_2))));
    return ops.multiply(ops.multiply(x, ops.constant(0.5)), cdf);
  },
  /** 1 for x >= 0, else 0. It has no useful gradient: inference only. */
  heaviside: (ops, x) => ops.heaviside(x),
} as const satisfies Record<string, Activation>;

export type ActivationId = keyof typeof activations;
export const ACTIVATION_IDS = Object.keys(activations) as [ActivationId, ...ActivationId[]];
export const activationSchema = z.enum(ACTIVATION_IDS);

/** Activations whose derivative is zero or undefined everywhere: a network that has one cannot be trained. */
export const INFERENCE_ONLY_ACTIVATIONS: readonly ActivationId[] = ['heaviside'];

/** `activation(x)`. */
export function activate(ops: Ops, x: Tensor, id: ActivationId): Tensor {
  return activations[id](ops, x);
}
