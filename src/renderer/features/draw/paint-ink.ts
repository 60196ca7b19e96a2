import type { Ink, InkPoint, Stroke } from '../../../shared/domain/ink.ts';
import { strokeWidth } from './pad-geometry.ts';

/** The part of CanvasRenderingContext2D that painting needs. */
export type InkCanvas = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'lineTo'
  | 'quadraticCurveTo'
  | 'stroke'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'strokeStyle'
>;

/** Paints `ink` in `color`; the canvas is scaled to pad units. */
export function paintInk(canvas: InkCanvas, ink: Ink, color: string): void {
  canvas.strokeStyle = color;
  canvas.lineCap = 'round';
  canvas.lineJoin = 'round';
  for (const stroke of ink.strokes) paintStroke(canvas, stroke);
}

/** Curves run from middle to middle of the points, bent towards each point: smooth, and local to its neighbours. */
function paintStroke(canvas: InkCanvas, stroke: Stroke): void {
  const [first, second] = stroke;
  if (!first) return;
  if (!second) return paintLine(canvas, first, first);
  let from = first;
  for (let index = 1; index < stroke.length - 1; index += 1) {
    const point = stroke[index] as InkPoint;
    const to = middle(point, stroke[index + 1] as InkPoint);
    canvas.beginPath();
    canvas.lineWidth = strokeWidth(point[2]);
    canvas.moveTo(from[0], from[1]);
    canvas.quadraticCurveTo(point[0], point[1], to[0], to[1]);
    canvas.stroke();
    from = to;
  }
  paintLine(canvas, from, stroke.at(-1) as InkPoint);
}

function paintLine(canvas: InkCanvas, from: InkPoint, to: InkPoint): void {
  canvas.beginPath();
  canvas.lineWidth = strokeWidth(to[2]);
  canvas.moveTo(from[0], from[1]);
  canvas.lineTo(to[0], to[1]);
  canvas.stroke();
}

function middle(a: InkPoint, b: InkPoint): InkPoint {
  return [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
}
