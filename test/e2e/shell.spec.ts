import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import { test } from './support/studio.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS = ['Draw', 'Data', 'Train', 'Evaluate', 'Tune', 'Models', 'Learn'];

/** What axe finds against WCAG 2.1 AA, one line each. */
async function accessibilityProblems(page: Page): Promise<string[]> {
  // Not as a script element: the page's security policy refuses those, as it should.
  await page.evaluate(axe);
  return page.evaluate(async () => {
    const runner = (
      window as unknown as { axe: { run(options: object): Promise<{ violations: Violation[] }> } }
    ).axe;
    const { violations } = await runner.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  });
}
interface Violation {
  id: string;
  nodes: { html: string }[];
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every view opens by keyboard, without errors and accessibly, ${colorScheme}`, async ({
    page,
    studio: _,
  }) => {
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.reload();
    for (const [index, view] of VIEWS.entries()) {
      await page.keyboard.press(`Control+${index + 1}`);
      await expect(page.getByRole('heading', { name: view, level: 1 })).toBeVisible();
      await expect(page.getByRole('button', { name: view, exact: true }).first()).toHaveAttribute(
        'aria-current',
        'page',
      );
      expect(await accessibilityProblems(page), view).toEqual([]);
    }
    expect(complaints).toEqual([]);
  });
}

test('the rail moves by arrow keys', async ({ page, studio: _ }) => {
  await page.getByRole('button', { name: 'Draw', exact: true }).focus();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('heading', { name: 'Data', level: 1 })).toBeVisible();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('heading', { name: 'Learn', level: 1 })).toBeVisible();
});

test('language and theme change at once and are kept', async ({ page, studio: _ }) => {
  await page.getByLabel('Language').selectOption('zh-CN');
  await expect(page.getByRole('heading', { name: '手写', level: 1 })).toBeVisible();
  await page.getByRole('radio', { name: '深色' }).check({ force: true });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.getByRole('heading', { name: '手写', level: 1 })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN');
});

test('evaluates the bundled model on the starter data', async ({ page, studio: _ }) => {
  await page.keyboard.press('Control+4');
  await page.getByLabel('Part').selectOption('test');
  await page.getByRole('main').getByRole('button', { name: 'Evaluate' }).click();
  await expect(page.getByTestId('accuracy')).toHaveText(/^(9[5-9]\.\d\d|100\.00)%$/);
  const matrix = page.getByRole('region', { name: 'Confusion matrix' });
  await expect(matrix.getByRole('rowheader')).toHaveText([...'0123456789']);
});
