import { z } from 'zod';
import type { Shape } from '../ops.ts';
import { defineLayer, refuse, sizeOf } from '../layer.ts';

/** All axes in one, row-major: `[a, b, c] -> [a * b * c]`. */
export const flatten = defineLayer({
  type: 'flatten',
  className: 'Flatten',
  schema: z.object({}),
  outputShape: (_config, [input]) => [sizeOf(input!)],
  flops: () => 0,
  build: ({ ops, inputs }) => ops.reshape(inputs[0]!, [sizeOf(inputs[0]!.shape.slice(1))]),
  // tfjs refuses to flatten what is flat already.
  toKeras: (_config, [input]) =>
    input!.length === 1 ? { className: 'Reshape', config: { targetShape: input } } : { config: {} },
});

const reshapeSchema = z.object({ targetShape: z.array(z.int().min(-1)).min(1).max(4) });

/** The same elements in another shape; one axis may be -1 and is worked out. */
export const reshape = defineLayer({
  type: 'reshape',
  className: 'Reshape',
  schema: reshapeSchema,
  outputShape: ({ targetShape }, [input]) => completeShape(targetShape, input!),
  flops: () => 0,
  build: ({ config, ops, inputs }) =>
    ops.reshape(inputs[0]!, completeShape(config.targetShape, inputs[0]!.shape.slice(1))),
  // Written out, because tfjs does not work out the shapes of the layers after a -1.
  toKeras: ({ targetShape }, [input]) => ({ config: { targetShape: completeShape(targetShape, input!) } }),
});

function completeShape(targetShape: Shape, input: Shape): Shape {
  if (targetShape.filter((size) => size === -1).length > 1)
    refuse('layerReshapeManyUnknown', { received: targetShape });
  const known = sizeOf(targetShape.filter((size) => size !== -1));
  const shape = targetShape.map((size) => (size === -1 ? sizeOf(input) / known : size));
  const fits = shape.every((size) => Number.isInteger(size) && size > 0) && sizeOf(shape) === sizeOf(input);
  return fits ? shape : refuse('layerReshapeSize', { input, received: targetShape });
}
