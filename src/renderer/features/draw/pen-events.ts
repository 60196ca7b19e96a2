import type { InkPoint } from '../../../shared/domain/ink.ts';
import { toInkPoint } from './pad-geometry.ts';
import type { PenTracker } from './pen-tracker.ts';

/** Only the main button, a touch or the tip of a pen draws. */
const MAIN_BUTTON = 0;

/** Lets pointers on `pad` draw through `tracker`; returns what removes the listeners. */
export function listenToPen(pad: HTMLElement, tracker: PenTracker): () => void {
  const listeners = new AbortController();
  const on = (type: string, listener: (event: PointerEvent) => void) =>
    pad.addEventListener(type, (event) => listener(event as PointerEvent), { signal: listeners.signal });

  on('pointerdown', (event) => {
    if (event.button !== MAIN_BUTTON) return;
    const point = toInkPoint(event, pad.getBoundingClientRect());
    if (!point || !tracker.down(event, point)) return;
    pad.setPointerCapture(event.pointerId);
  });
  on('pointermove', (event) => {
    if (tracker.isDrawing(event.pointerId)) tracker.move(event.pointerId, pointsOf(event, pad));
  });
  on('pointerup', (event) => {
    tracker.move(event.pointerId, pointsOf(event, pad));
    tracker.up(event.pointerId);
  });
  on('pointercancel', (event) => tracker.cancel(event.pointerId));
  on('lostpointercapture', (event) => tracker.up(event.pointerId));
  return () => listeners.abort();
}

/** Every position since the last event: browsers hand out one event a frame, fast strokes would have corners. */
function pointsOf(event: PointerEvent, pad: HTMLElement): InkPoint[] {
  const bounds = pad.getBoundingClientRect();
  const coalesced = event.getCoalescedEvents?.() ?? [];
  const samples = coalesced.length > 0 ? coalesced : [event];
  return samples.map((sample) => toInkPoint(sample, bounds)).filter((point) => point !== undefined);
}
