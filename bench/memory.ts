/** Does memory grow with epochs? The resident size of the process after each of many short ones. */
import { join } from 'node:path';
import { makeScratch, readSamples, writePack } from './lib/data.ts';
import type { BenchOptions } from './lib/options.ts';
import type { Report } from './lib/report.ts';
import { runTraining } from './lib/run-training.ts';
import { fitLine } from './lib/statistics.ts';
import { makeTask } from './lib/tasks.ts';

const RECIPE = 'light-cnn';
const BATCH_SIZE = 128;
const IMAGES = 1000;
/** Part of the run in which pools and caches are still filling, 0..1. */
const WARM_UP = 0.25;
const MEBIBYTE = 2 ** 20;

/** Trains and watches; `say` is told what has been done. */
export async function benchMemory(options: BenchOptions, say: (line: string) => void): Promise<Report> {
  const samples = readSamples(options.mnist);
  const scratch = makeScratch();
  /** Bytes after each epoch. */
  const resident: number[] = [];
  try {
    const data = writePack(samples, join(scratch.folder, 'pack'), IMAGES);
    const setup = { kind: 'train' as const, recipe: RECIPE, batchSize: BATCH_SIZE, data } as const;
    const { task } = makeTask({ ...setup, scratch: scratch.folder, threads: options.threads });
    const config = { ...task.config, epochs: options.epochs, earlyStopping: undefined };
    await runTraining(data, config, () => resident.push(process.memoryUsage.rss()));
    say(`${resident.length} epochs of ${IMAGES} images`);
  } finally {
    scratch.remove();
  }
  return report(resident);
}

function report(resident: readonly number[]): Report {
  const mebibytes = resident.map((bytes) => bytes / MEBIBYTE);
  const steady = mebibytes.slice(Math.floor(mebibytes.length * WARM_UP));
  const epochs = steady.map((_, i) => i);
  const growth = steady.length < 2 ? '-' : fitLine(epochs, steady).slope.toFixed(3);
  const table = {
    title: `${RECIPE}, resident memory over ${resident.length} epochs of ${IMAGES} images`,
    columns: ['MiB after the first epoch', 'after a quarter', 'at the end', 'most', 'growth, MiB an epoch'],
    rows: [
      [mebibytes[0]!, steady[0]!, steady.at(-1)!, Math.max(...mebibytes)]
        .map((value) => value.toFixed(0))
        .concat(growth),
    ],
    notes: ['Growth: straight line through the last three quarters of the epochs.'],
  };
  return { name: 'memory', tables: [table], data: { resident } };
}
