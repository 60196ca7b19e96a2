/** What a benchmark gives, and how it reads on a terminal and in Markdown. */

export interface Table {
  title: string;
  /** The first column is left-aligned text, the others are numbers. */
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  /** What is missing or special; one line each. */
  notes: readonly string[];
}

export interface Report {
  /** Name of the benchmark, of its results file and of its place in docs/BENCHMARKS.md. */
  name: string;
  tables: readonly Table[];
  /** Every single measurement, for the results file. */
  data: unknown;
}

/** The table in columns of equal width, for a terminal. */
export function toText({ title, columns, rows, notes }: Table): string {
  const widths = columns.map((column, i) => Math.max(column.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))).join('  ');
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [title, line(columns), rule, ...rows.map(line), ...notes.map((note) => `  ${note}`)].join('\n');
}

/** The table in Markdown. */
export function toMarkdown({ title, columns, rows, notes }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = line(columns.map((_, i) => (i === 0 ? '---' : '---:')));
  const listed = notes.length > 0 ? ['', ...notes.map((note) => `- ${note}`)] : [];
  return [`### ${title}`, '', line(columns), rule, ...rows.map(line), ...listed].join('\n');
}

/** Three significant digits, thousands separated: 8,710 or 0.431. */
export function formatNumber(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = digits === 0 ? Number(value.toPrecision(3)) : value;
  return rounded.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** `1.32x`. */
export const formatRatio = (value: number): string => `${value.toFixed(2)}x`;

/** A share of 1 as per cent. */
export const formatShare = (value: number): string => `${(value * 100).toFixed(0)} %`;
