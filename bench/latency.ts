/** What a person waits for: from lifting the pen to the displayed reading, and from the start to the first page. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { makeScratch } from './lib/data.ts';
import type { BenchOptions } from './lib/options.ts';
import { timeStrokes } from './lib/page-probe.ts';
import type { Report, Table } from './lib/report.ts';
import { median, quantile } from './lib/statistics.ts';
import { openApp, type StartTimes } from './lib/web-shell.ts';

/** Strokes that are not counted: the page compiles its code, the engine loads its model. */
const WARM_UP_STROKES = 5;
/** Digits of one stroke, `[x, y]` in 0..1 of the pad. */
const SHAPES: readonly (readonly (readonly [number, number])[])[] = [
  [
    [0.3, 0.25],
    [0.7, 0.25],
    [0.6, 0.45],
    [0.5, 0.65],
    [0.42, 0.8],
  ],
  [
    [0.5, 0.2],
    [0.5, 0.4],
    [0.5, 0.6],
    [0.5, 0.8],
  ],
  [
    [0.32, 0.35],
    [0.42, 0.22],
    [0.6, 0.24],
    [0.66, 0.38],
    [0.5, 0.58],
    [0.33, 0.77],
    [0.7, 0.77],
  ],
  [
    [0.5, 0.2],
    [0.33, 0.35],
    [0.32, 0.62],
    [0.48, 0.8],
    [0.66, 0.66],
    [0.68, 0.36],
    [0.5, 0.2],
  ],
];
/** Pointer events between two points of a shape. */
const MOVES = 4;

/** Measures starts and strokes; `say` is told what has been done. */
export async function benchLatency(options: BenchOptions, say: (line: string) => void): Promise<Report> {
  const scratch = makeScratch();
  try {
    const home = join(scratch.folder, 'home');
    mkdirSync(home);
    const first = await openApp(home);
    await first.close();
    say(`First start: sample digit read after ${first.times.recognizedSample} ms`);
    const later: StartTimes[] = [];
    for (let round = 0; round < options.rounds; round++) {
      const app = await openApp(home);
      await app.close();
      later.push(app.times);
    }
    const strokes = await timeReadings(home, options.strokes);
    say(`${strokes.length} strokes`);
    const data = { first: first.times, later, strokes };
    return { name: 'latency', tables: [strokeTable(strokes), startTable(first.times, later)], data };
  } finally {
    scratch.remove();
  }
}

async function timeReadings(home: string, strokes: number): Promise<number[]> {
  const app = await openApp(home, timeStrokes);
  try {
    for (let stroke = 0; stroke < WARM_UP_STROKES + strokes; stroke++) await drawAndRead(app.page, stroke);
    return (await app.page.evaluate(() => strokeLatencies)).slice(WARM_UP_STROKES);
  } finally {
    await app.close();
  }
}

/** Clears the pad, draws one stroke with the mouse, and waits until its reading has been timed. */
async function drawAndRead(page: Page, index: number): Promise<void> {
  const pad = page.locator('[data-strokes]');
  const { x, y, width, height } = (await pad.boundingBox())!;
  await page.keyboard.press('Escape');
  await page.locator('[data-strokes="0"]').waitFor();
  const [start, ...rest] = SHAPES[index % SHAPES.length]!.map(
    ([dx, dy]) => [x + dx * width, y + dy * height] as const,
  );
  await page.mouse.move(...start!);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: MOVES });
  await page.mouse.up();
  await page.waitForFunction((count) => strokeLatencies.length === count, index + 1);
  // A reading that says nothing would be quick, but no reading.
  await page.getByTestId('digit').waitFor();
}

function strokeTable(strokes: readonly number[]): Table {
  const shares = [0.5, 0.95, 1];
  return {
    title: `From pen up to the displayed reading, ${strokes.length} strokes in Chromium`,
    columns: ['', 'p50 ms', 'p95 ms', 'slowest ms'],
    rows: [['stroke', ...shares.map((share) => quantile(strokes, share).toFixed(1))]],
    notes: ['Includes waiting for the next frame of the display: up to 16.7 ms at 60 Hz.'],
  };
}

function startTable(first: StartTimes, later: readonly StartTimes[]): Table {
  const row = (name: string, time: (of: keyof StartTimes) => number) => [
    name,
    time('listening').toFixed(0),
    time('firstPaint').toFixed(0),
    time('recognizedSample').toFixed(0),
  ];
  return {
    title: 'From the start of the process, ms',
    columns: ['start', 'listening', 'first paint', 'sample digit read'],
    rows: [
      row('first, into an empty data folder', (of) => first[of]),
      row(`later, median of ${later.length}`, (of) => median(later.map((times) => times[of]))),
    ],
    notes: ['First paint includes the start of the browser, which begins when the server listens.'],
  };
}
