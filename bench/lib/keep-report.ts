/** Where results stay: JSON beside the benchmarks, tables in docs/BENCHMARKS.md. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { fail } from '../../src/shared/errors.ts';
import { toMarkdown, type Report } from './report.ts';

const ROOT = join(import.meta.dirname, '../..');
const RESULTS = join(ROOT, 'bench/results');
const DOCUMENT = join(ROOT, 'docs/BENCHMARKS.md');
const GIBIBYTE = 2 ** 30;

export interface Occasion {
  /** ISO date of the measurement. */
  date: string;
  threads: number;
}

/** The machine in general terms: nothing that tells whose it is or where it stands. */
export function describeMachine(): string {
  const processors = cpus();
  const model = processors[0]?.model.trim() || 'unknown processor';
  const memory = Math.round(totalmem() / GIBIBYTE);
  return `${processors.length} cores (${model}), ${memory} GiB, ${process.platform} ${process.arch}, Node ${process.versions.node}`;
}

/** Writes bench/results/<name>.json; gives its path within the project. */
export function keepResults(report: Report, occasion: Occasion): string {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${report.name}.json`);
  const content = { ...occasion, machine: describeMachine(), ...report };
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  return `bench/results/${report.name}.json`;
}

/** Puts the report's tables into its place in docs/BENCHMARKS.md. */
export function writeDocs(report: Report, occasion: Occasion): void {
  const measured = `Measured ${occasion.date.slice(0, 10)} on ${describeMachine()}, ${occasion.threads} threads each.`;
  const section = [measured, ...report.tables.map(toMarkdown)].join('\n\n');
  writeFileSync(DOCUMENT, replaceSection(readFileSync(DOCUMENT, 'utf8'), report.name, section));
}

/** `document` with what stands between the marks of `name` replaced. */
export function replaceSection(document: string, name: string, section: string): string {
  const [open, close] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const start = document.indexOf(open);
  const end = document.indexOf(close);
  if (start < 0 || end < start)
    fail('badUsage', { problem: `docs/BENCHMARKS.md has no place ${open} … ${close}` });
  return `${document.slice(0, start + open.length)}\n${section}\n${document.slice(end)}`;
}
