/** Handwriting as data: strokes of points, y pointing down, in any unit; pixels are derived from it. */
import { z } from 'zod';

/** One sample of the pen: `[x, y, pressure?, time?]`; pressure 0..1, time in milliseconds. */
export const inkPointSchema = z
  .tuple([z.number(), z.number()], z.number())
  .refine((point) => point.length <= 4, 'a point has 2 to 4 numbers');
export const strokeSchema = z.array(inkPointSchema);
export const inkSchema = z.object({ strokes: z.array(strokeSchema) });

export type InkPoint = readonly [x: number, y: number, pressure?: number, time?: number];
/** From pen down to pen up. */
export type Stroke = readonly InkPoint[];
export interface Ink {
  readonly strokes: readonly Stroke[];
}

/** An axis-aligned box in the ink's own unit. */
export const boxSchema = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
export type Box = z.infer<typeof boxSchema>;
