import { expect, type Page } from '@playwright/test';
import { DrawView } from './support/draw-view.ts';
import { test } from './support/studio.ts';

/** An epoch of the starter set on a slow, busy machine. */
const EPOCH_MS = 60_000;

test('trains, shows the curves, survives a reload, stops, and draws with the new model', async ({
  page,
  studio: _,
}) => {
  await page.keyboard.press('Control+3');
  await page.getByRole('radio', { name: /^Light CNN/ }).check({ force: true });
  await page.getByLabel('Epochs').fill('50');
  await page.getByLabel('Model name').fill('mine');
  await page.getByRole('button', { name: 'Start training' }).click();

  await expect(page.getByRole('progressbar', { name: 'Training progress' })).toBeVisible();
  const loss = page.getByRole('region', { name: 'Loss' });
  await expect(loss.getByRole('listitem').filter({ hasText: 'Validation' })).toContainText(/\d\.\d+/, {
    timeout: EPOCH_MS,
  });
  await expect.poll(() => colouredPixels(page)).toBeGreaterThan(20);

  await page.reload();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(loss.getByRole('listitem').filter({ hasText: 'Validation' })).toContainText(/\d\.\d+/);

  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('region', { name: 'mine' }).getByText('Stopped')).toBeVisible();
  await page.getByRole('button', { name: 'Use this model for drawing' }).click();
  await expect(page.getByText('The pad is now read by mine.')).toBeVisible();

  await page.keyboard.press('Control+1');
  const draw = new DrawView(page);
  await draw.write(0);
  await draw.expectText('0');
  await expect(page.getByTestId('milliseconds')).toContainText('mine');
});

test('refuses impossible settings before anything starts', async ({ page, studio: _ }) => {
  await page.keyboard.press('Control+3');
  const start = page.getByRole('button', { name: 'Start training' });
  await expect(start).toBeEnabled();
  await page.getByLabel('Epochs').fill('0');
  await expect(page.getByText('A whole number from 1 to 10,000.')).toBeVisible();
  await expect(start).toBeDisabled();
  await page.getByLabel('Epochs').fill('1');
  await page.getByLabel('Model name').fill('default');
  await expect(page.getByText('There is already a model of this name.')).toBeVisible();
  await expect(start).toBeDisabled();
  await expect(page.getByText('No runs yet')).toBeVisible();
});

/** Pixels of the loss chart that are neither grey nor empty: its lines. */
function colouredPixels(page: Page): Promise<number> {
  return page
    .getByRole('img', { name: 'Loss after each epoch' })
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      let count = 0;
      for (let at = 0; at < pixels.length; at += 4) {
        const [red = 0, green = 0, blue = 0] = [pixels[at], pixels[at + 1], pixels[at + 2]];
        if (Math.max(red, green, blue) - Math.min(red, green, blue) > 40) count += 1;
      }
      return count;
    });
}
