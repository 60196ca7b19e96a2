import { expect } from '@playwright/test';
import { childrenOf } from './support/child-processes.ts';
import { DrawView } from './support/draw-view.ts';
import { test } from './support/studio.ts';

/** An epoch of the starter set on a slow, busy machine. */
const EPOCH_MS = 60_000;

test.skip(process.platform === 'win32', 'needs ps and SIGKILL');

test('the engine is killed while drawing: the app says so, recovers, and the drawing is still there', async ({
  page,
  studio,
}) => {
  const draw = new DrawView(page);
  await draw.write(7);
  await draw.expectText('7');
  const engines = childrenOf(studio.pid);
  expect(engines).toHaveLength(1);
  const troubled = page.waitForFunction(
    () => document.querySelector('[data-engine]')?.getAttribute('data-engine') !== 'ready',
  );
  process.kill(engines[0]!, 'SIGKILL');
  await troubled;
  await expect(page.locator('[data-engine]')).toHaveAttribute('data-engine', 'ready');
  await expect(draw.pad).toHaveAttribute('data-strokes', '1');
  await draw.expectText('7');
  await page.keyboard.press('Escape');
  await draw.write(3);
  await draw.expectText('3');
});

test('the engine is killed while training: the run is marked failed and says why', async ({
  page,
  studio,
}) => {
  const draw = new DrawView(page);
  await draw.write(1);
  await draw.expectText('1');
  const before = childrenOf(studio.pid);
  await page.keyboard.press('Control+3');
  await page.getByLabel('Epochs').fill('50');
  await page.getByLabel('Model name').fill('doomed');
  await page.getByRole('button', { name: 'Start training' }).click();
  await expect(page.getByText('Epoch 2 of 50')).toBeVisible({ timeout: EPOCH_MS });
  const jobs = childrenOf(studio.pid).filter((pid) => !before.includes(pid));
  expect(jobs).toHaveLength(1);
  process.kill(jobs[0]!, 'SIGKILL');
  const run = page.getByRole('region', { name: 'doomed' });
  await expect(run.getByText('Failed')).toBeVisible();
  await expect(run.getByText('Best weights: epoch 1')).toBeVisible();
  await page.keyboard.press('Control+1');
  await draw.expectText('1');
});

test('the app goes away: the window says so and keeps the drawing', async ({ page, studio }) => {
  const draw = new DrawView(page);
  await draw.write(4);
  await draw.expectText('4');
  process.kill(studio.pid, 'SIGTERM');
  await expect(page.getByText('Connection lost. Reconnecting…')).toBeVisible();
  await expect(draw.pad).toHaveAttribute('data-strokes', '2');
});
