/** Inference: milliseconds of a call and images a second, after every library has proved that it runs the same network. */
import { join } from 'node:path';
import { chooseContenders } from './contenders/catalog.ts';
import type { Contender } from './contenders/contender.ts';
import { makeScratch, readSamples, writePack } from './lib/data.ts';
import { compete, paceOf, speeds, withContenders, type Field, type Measured } from './lib/field.ts';
import type { BenchOptions } from './lib/options.ts';
import { formatNumber, formatRatio, type Report, type Table } from './lib/report.ts';
import { medianRatio, quantile } from './lib/statistics.ts';
import { makeTask } from './lib/tasks.ts';

const DEFAULT_BATCHES = [1, 1000];
const CHECKED_IMAGES = 16;
/** Two libraries add in different orders; another network would be off by far more. */
const TOLERANCE = 1e-4;

interface Case extends Field {
  recipe: string;
  batchSize: number;
}

/** Measures every recipe at every batch size; `say` is told what has been done. */
export async function benchInference(options: BenchOptions, say: (line: string) => void): Promise<Report> {
  const samples = readSamples(options.mnist);
  const scratch = makeScratch();
  try {
    const data = writePack(samples, join(scratch.folder, 'pack'));
    const entries = chooseContenders('inference', options);
    const cases = await withContenders(entries, async (contenders) => {
      const done: Case[] = [];
      for (const recipe of options.recipes) {
        for (const batchSize of options.batches ?? DEFAULT_BATCHES) {
          say(`${recipe}, batch ${batchSize} …`);
          const { threads } = options;
          const setup = {
            kind: 'predict' as const,
            recipe,
            batchSize,
            data,
            scratch: scratch.folder,
            threads,
          };
          const { task } = makeTask(setup);
          const entrants = contenders.map((contender) => ({ contender, task, pace: paceOf(options) }));
          done.push({ recipe, batchSize, ...(await compete(entrants, options.rounds, agreement())) });
        }
      }
      return done;
    });
    return { name: 'inference', tables: cases.map(toTable), data: { source: samples.source, cases } };
  } finally {
    scratch.remove();
  }
}

/** Refuses a contender whose probabilities are not those of the first, which is ours. */
function agreement(): (contender: Contender) => Promise<void> {
  let expected: readonly number[] | undefined;
  return async (contender) => {
    const received = await contender.check(CHECKED_IMAGES);
    expected ??= received;
    const difference = Math.max(...expected.map((value, i) => Math.abs(value - (received[i] ?? NaN))));
    if (!(difference <= TOLERANCE)) throw new Error(`its probabilities are off by ${difference}`);
  };
}

function toTable({ recipe, batchSize, measured, skipped }: Case): Table {
  const ours = measured.find(({ id }) => id === 'ours');
  const row = (entry: Measured): string[] => {
    const latencies = entry.rounds.flatMap((round) => round.latencies ?? []);
    const medianLatency = quantile(latencies, 0.5);
    return [
      entry.label,
      medianLatency.toFixed(3),
      quantile(latencies, 0.95).toFixed(3),
      formatNumber((batchSize * 1000) / medianLatency),
      ours ? formatRatio(medianRatio(speeds(ours), speeds(entry))) : '-',
      entry.ready.note,
    ];
  };
  return {
    title: `${recipe}, batch ${batchSize}`,
    columns: ['contender', 'ms p50', 'ms p95', 'images/s', 'ours ÷ it', 'note'],
    rows: measured.map(row),
    notes: skipped,
  };
}
