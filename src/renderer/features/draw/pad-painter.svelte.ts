import type { Attachment } from 'svelte/attachments';
import type { Ink } from '../../../shared/domain/ink.ts';
import { PAD_SIDE } from './pad-geometry.ts';
import { paintInk } from './paint-ink.ts';

interface PaintSource {
  /** Read anew for every painting; a change of what it reads paints again. */
  ink(): Ink;
  /** Read so that a new theme paints in its colours. */
  theme(): string;
}

/** Keeps a canvas showing the ink, sharp at any size and pixel density: pixels are always made from the strokes. */
export function paintsInk({ ink, theme }: PaintSource): Attachment<HTMLCanvasElement> {
  return (canvas) => {
    const context = canvas.getContext('2d');
    if (!context) return;
    let pixels = $state(0);

    const observer = new ResizeObserver(([entry]) => {
      const box = entry?.devicePixelContentBoxSize?.[0]?.inlineSize;
      pixels = box ?? Math.round(canvas.clientWidth * devicePixelRatio);
    });
    observer.observe(canvas);

    $effect(() => {
      theme();
      // Setting the size also empties the canvas.
      canvas.width = pixels;
      canvas.height = pixels;
      context.setTransform(pixels / PAD_SIDE, 0, 0, pixels / PAD_SIDE, 0, 0);
      paintInk(context, ink(), getComputedStyle(canvas).color);
    });
    return () => observer.disconnect();
  };
}
