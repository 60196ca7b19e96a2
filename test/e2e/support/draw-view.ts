import { expect, type Locator, type Page } from '@playwright/test';
import { HANDWRITING } from './handwriting.ts';

/** Positions between two points of the handwriting: about as many as a mouse reports. */
const STEPS = 4;

/** The Draw view as a person uses it. */
export class DrawView {
  readonly page: Page;
  readonly pad: Locator;
  readonly reading: Locator;

  constructor(page: Page) {
    this.page = page;
    this.pad = page.getByRole('application', { name: 'Drawing pad' });
    this.reading = page.getByTestId('reading');
  }

  /** Writes a digit with the mouse, stroke by stroke. */
  async write(digit: number): Promise<void> {
    const box = await this.pad.boundingBox();
    if (!box) throw new Error('The pad is not on the page.');
    for (const [first, ...rest] of HANDWRITING[digit] ?? []) {
      if (!first) continue;
      await this.page.mouse.move(box.x + first[0] * box.width, box.y + first[1] * box.height);
      await this.page.mouse.down();
      for (const [x, y] of rest)
        await this.page.mouse.move(box.x + x * box.width, box.y + y * box.height, { steps: STEPS });
      await this.page.mouse.up();
    }
  }

  /** Waits until everything drawn has been read, as `text`. */
  async expectText(text: string): Promise<void> {
    await expect(this.reading).toHaveAttribute('aria-busy', 'false');
    await expect(this.reading.getByTestId('digit')).toHaveText(text);
  }

  /** Number of pixels of the pad's picture that hold ink. */
  inkPixels(): Promise<number> {
    return this.pad.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let alpha = 3; alpha < pixels.length; alpha += 4) if ((pixels[alpha] ?? 0) > 0) count += 1;
      return count;
    });
  }
}
