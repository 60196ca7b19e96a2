/** What a person typed into a number field; NaN for anything that is not one plain number. */
export function parseNumber(text: string): number {
  const trimmed = text.trim();
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : Number.NaN;
}

/** Whether `text` is a whole number from `min` to `max`. */
export function isWholeNumber(text: string, { min, max }: { min: number; max: number }): boolean {
  const value = parseNumber(text);
  return Number.isInteger(value) && value >= min && value <= max;
}
