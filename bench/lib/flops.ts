/** How much arithmetic a training step is, to compare with what the machine can do. */
import type { ResolvedNetwork } from '../../src/shared/network/resolve.ts';

/**
 * Multiplications and additions of one training step for one image: the forward pass, and as much again for the gradients
 * of the weights and for those of the activations; but nobody needs the gradient of the pixels, so the first layer with
 * weights saves its share. The optimizer's work, which does not grow with the batch, is not counted.
 */
export function trainingFlops(network: ResolvedNetwork): number {
  const first = network.layers.find((layer) => layer.weights.length > 0);
  return 3 * network.flops - (first?.flops ?? 0);
}
