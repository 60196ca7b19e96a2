/** Why the pen is 2.5 pixels wide: real pen strokes then carry as much ink as MNIST's digits. */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import type { InkPoint } from '../../../src/shared/domain/ink.ts';
import { DEFAULT_PEN_WIDTH, rasterize } from '../../../src/shared/ink/rasterize.ts';

const PEN_DIGITS = resolve(import.meta.dirname, '../../../../shared/data/pendigits/pendigits-orig.tra.gz');
/** Mean pixel of MNIST's 60,000 training images. */
const MNIST_MEAN_PIXEL = 33.32;

/** The digits of a UNIPEN file; y points up there. */
function readUnipen(text: string): InkPoint[][][] {
  return text
    .split('.SEGMENT DIGIT')
    .slice(1)
    .map((digit) =>
      digit
        .split('.PEN_DOWN')
        .slice(1)
        .map((stroke) =>
          [...stroke.matchAll(/^ *(-?\d+) +(-?\d+) *$/gm)].map(([, x, y]): InkPoint => [
            Number(x),
            -Number(y),
          ]),
        ),
    );
}

it.skipIf(!existsSync(PEN_DIGITS))(`the mean pixel of drawn digits is MNIST's (${PEN_DIGITS})`, () => {
  const digits = readUnipen(gunzipSync(readFileSync(PEN_DIGITS)).toString('latin1'));
  expect(digits).toHaveLength(7494);
  const meanWith = (penWidth: number) => {
    const ink = digits.reduce((sum, strokes) => {
      return sum + rasterize(strokes, { penWidth })!.reduce((total, level) => total + level);
    }, 0);
    return ink / digits.length / 784;
  };
  expect(Math.abs(meanWith(DEFAULT_PEN_WIDTH) - MNIST_MEAN_PIXEL)).toBeLessThan(0.5);
});
