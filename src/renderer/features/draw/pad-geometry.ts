/** The pad's own coordinates: a square of PAD_SIDE units, y pointing down, whatever its size on the screen. */
import type { InkPoint } from '../../../shared/domain/ink.ts';

/** Ten units for each pixel of the 28 x 28 image. */
export const PAD_SIDE = 280;
/** Width of a stroke at normal pressure, in pad units: what reads well beside 28 x 28 pixels. */
export const PEN_WIDTH = 15;
/** Points nearer than this to the one before add nothing, in pad units. */
const LEAST_MOVE = 0.5;
/** Pressure of devices that do not measure it. */
const NORMAL_PRESSURE = 0.5;

/** What a pointer event tells about one position of the pen. */
export interface PenSample {
  clientX: number;
  clientY: number;
  pressure: number;
  pointerType: string;
  timeStamp: number;
}

/** The part of DOMRect that is needed, in CSS pixels. */
export interface PadBounds {
  left: number;
  top: number;
  width: number;
  height: number;
}

/**
 * A pen position in pad units, held inside the pad; undefined while the pad has no size.
 * Only real pens report pressure: a mouse says 0.5 whatever it does, some touch screens say 0.
 */
export function toInkPoint(sample: PenSample, bounds: PadBounds): InkPoint | undefined {
  if (!(bounds.width > 0 && bounds.height > 0)) return undefined;
  const x = ((sample.clientX - bounds.left) / bounds.width) * PAD_SIDE;
  const y = ((sample.clientY - bounds.top) / bounds.height) * PAD_SIDE;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return undefined;
  const measured = sample.pointerType === 'pen' && sample.pressure > 0;
  const pressure = measured ? Math.min(sample.pressure, 1) : NORMAL_PRESSURE;
  return [withinPad(x), withinPad(y), pressure, sample.timeStamp];
}

/** `points` with `added` at its end, without those that hardly moved. */
export function appendPoints(points: readonly InkPoint[], added: readonly InkPoint[]): readonly InkPoint[] {
  const longer = [...points];
  for (const point of added) {
    const last = longer.at(-1);
    if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= LEAST_MOVE) longer.push(point);
  }
  return longer.length === points.length ? points : longer;
}

/** Stroke width in pad units: half as wide with no pressure, half as wide again with full pressure. */
export function strokeWidth(pressure: number = NORMAL_PRESSURE): number {
  return PEN_WIDTH * (0.5 + pressure);
}

function withinPad(value: number): number {
  return Math.min(Math.max(value, 0), PAD_SIDE);
}
