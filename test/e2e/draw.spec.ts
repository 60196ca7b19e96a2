import { expect } from '@playwright/test';
import { DrawView } from './support/draw-view.ts';
import { test } from './support/studio.ts';

test('reads each of the ten digits as it is written', async ({ page, studio: _ }) => {
  const draw = new DrawView(page);
  for (let digit = 0; digit <= 9; digit += 1) {
    await draw.write(digit);
    await draw.expectText(String(digit));
    await expect(page.getByRole('list', { name: 'Probabilities' }).getByRole('listitem')).toHaveCount(10);
    await page.keyboard.press('Escape');
    await expect(page.getByText('Nothing drawn yet')).toBeVisible();
  }
});

test('undoes, redoes and clears, by key and by button, and reads what is left', async ({
  page,
  studio: _,
}) => {
  const draw = new DrawView(page);
  await draw.write(7);
  await draw.expectText('7');
  await page.keyboard.press('Control+z');
  await expect(draw.pad).toHaveAttribute('data-strokes', '0');
  expect(await draw.inkPixels()).toBe(0);
  await expect(page.getByText('Draw a digit here')).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await draw.expectText('7');
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(draw.pad).toHaveAttribute('data-strokes', '0');
  await page.getByRole('button', { name: 'Undo' }).click();
  await draw.expectText('7');
});

test('keeps the drawing when the window changes its size and when another view is open', async ({
  page,
  studio: _,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  const draw = new DrawView(page);
  await draw.write(3);
  await draw.expectText('3');
  const before = await draw.inkPixels();
  await page.setViewportSize({ width: 800, height: 600 });
  await expect.poll(() => draw.inkPixels()).toBeLessThan(before * 0.6);
  expect(await draw.inkPixels()).toBeGreaterThan(before * 0.15);
  await page.keyboard.press('Control+2');
  await expect(page.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+1');
  await draw.expectText('3');
});

test('draws with a finger, and lets only one finger draw', async ({ page, studio: _ }) => {
  const client = await page.context().newCDPSession(page);
  const draw = new DrawView(page);
  const box = await draw.pad.boundingBox();
  if (!box) throw new Error('The pad is not on the page.');
  const at = (id: number, x: number, y: number) => ({
    id,
    x: box.x + x * box.width,
    y: box.y + y * box.height,
  });
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: ReturnType<typeof at>[]) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints });

  await touch('touchStart', [at(1, 0.5, 0.2)]);
  await touch('touchStart', [at(1, 0.5, 0.2), at(2, 0.9, 0.9)]);
  for (const y of [0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
    await touch('touchMove', [at(1, 0.5, y), at(2, 0.9, 0.9 - y / 4)]);
  await touch('touchEnd', []);
  await draw.expectText('1');
  await expect(draw.pad).toHaveAttribute('data-strokes', '1');
});
