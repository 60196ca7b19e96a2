import type { RecognizedDigit } from '../../../shared/domain/recognition.ts';

/** More bars than this do not fit; of larger symbol sets the most probable are shown. */
const MOST_BARS = 10;

export interface Bar {
  readonly label: string;
  /** 0..1, or null before there is a reading. */
  readonly probability: number | null;
}

/** The bars to show: in class order if all fit, so that they stay in place while writing. */
export function barsOf(digit: RecognizedDigit | undefined, classes: readonly string[]): readonly Bar[] {
  if (!digit) return classes.slice(0, MOST_BARS).map((label) => ({ label, probability: null }));
  const best = digit.alternatives.slice(0, MOST_BARS);
  return best.length < digit.alternatives.length ? best : inClassOrder(best, classes);
}

function inClassOrder(bars: readonly Bar[], classes: readonly string[]): readonly Bar[] {
  const place = new Map(classes.map((label, index) => [label, index]));
  const placeOf = ({ label }: Bar) => place.get(label) ?? classes.length;
  return [...bars].sort((a, b) => placeOf(a) - placeOf(b));
}
