import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAugmenter } from '../../../src/shared/augment/augmenter.ts';
import { augmentationSchema, type AugmentationInput } from '../../../src/shared/augment/parameters.ts';
import { sampleAugmentation, type Transformation } from '../../../src/shared/augment/transformation.ts';
import { createRandom } from '../../../src/shared/random/random.ts';
import { thickenReference, warpReference } from './reference.ts';

const SIDE = 28;
const identity: Transformation = {
  thickness: 0,
  flipHorizontal: false,
  flipVertical: false,
  zoomX: 1,
  zoomY: 1,
  shearX: 0,
  shearY: 0,
  rotation: 0,
  shiftX: 0,
  shiftY: 0,
  elasticSeed: 0,
  contrast: 1,
  noiseSeed: 0,
  cutoutX: 0,
  cutoutY: 0,
  cutoutSide: 0,
};

/** Every pixel different from its neighbours in a way that no symmetry keeps. */
const texture = Uint8Array.from({ length: 784 }, (_, i) => (i * 37 + (i % 28) * 11) % 256);

function apply(
  image: Uint8Array,
  change: Partial<Transformation>,
  input: AugmentationInput = {},
): Uint8Array {
  const out = new Uint8Array(784);
  createAugmenter(augmentationSchema.parse(input)).apply(image, { ...identity, ...change }, out);
  return out;
}

/** A picture of 0s with these rows of numbers put at (x, y). */
function picture(rows: readonly (readonly number[])[], [left, top]: [number, number] = [12, 12]): Uint8Array {
  const image = new Uint8Array(784);
  rows.forEach((row, y) => image.set(row, (top + y) * SIDE + left));
  return image;
}

/** The square cut out of a picture at (x, y). */
function crop(image: Uint8Array, [left, top]: [number, number], side: number): number[][] {
  return Array.from({ length: side }, (_, y) => [
    ...image.subarray((top + y) * SIDE + left, (top + y) * SIDE + left + side),
  ]);
}

const pixelAt = (image: Uint8Array, x: number, y: number) => image[y * SIDE + x]!;
const remap = (from: (x: number, y: number) => number) =>
  Uint8Array.from({ length: 784 }, (_, i) => from(i % SIDE, Math.floor(i / SIDE)));

const byte = fc.integer({ min: 0, max: 255 });
const anyImage = fc.uint8Array({ minLength: 784, maxLength: 784 });
const anyParameters = fc.record({
  rotation: fc.double({ min: 0, max: 180, noNaN: true }),
  shift: fc.double({ min: 0, max: 0.5, noNaN: true }),
  shear: fc.double({ min: 0, max: 60, noNaN: true }),
  zoom: fc.double({ min: 0, max: 0.9, noNaN: true }),
  zoomAspect: fc.double({ min: 0, max: 0.5, noNaN: true }),
  flipHorizontal: fc.boolean(),
  flipVertical: fc.boolean(),
  elasticAlpha: fc.double({ min: 0, max: 20, noNaN: true }),
  elasticSigma: fc.double({ min: 1, max: 14, noNaN: true }),
  thickness: fc.double({ min: 0, max: 3, noNaN: true }),
  contrast: fc.double({ min: 0, max: 0.9, noNaN: true }),
  noise: fc.double({ min: 0, max: 128, noNaN: true }),
  cutout: fc.double({ min: 0, max: 20, noNaN: true }),
  fillMode: fc.constantFrom('constant', 'nearest', 'reflect', 'wrap'),
  fillValue: byte,
});

describe('the identity', () => {
  it('copies any image byte for byte, whatever the seed draws', () => {
    const none = augmentationSchema.parse({});
    fc.assert(
      fc.property(anyImage, fc.nat(), (image, seed) => {
        const out = new Uint8Array(784);
        createAugmenter(none).apply(image, sampleAugmentation(none, createRandom(seed)), out);
        expect(out).toEqual(image);
      }),
      { numRuns: 30 },
    );
  });

  it('is also exact when it goes through the resampler', () => {
    expect(apply(texture, { shiftX: 1e-9 })).toEqual(texture);
  });
});

describe('exact geometry', () => {
  it('rotates by quarter turns, clockwise', () => {
    expect(apply(texture, { rotation: 90 })).toEqual(remap((x, y) => pixelAt(texture, y, 27 - x)));
    expect(apply(texture, { rotation: 180 })).toEqual(remap((x, y) => pixelAt(texture, 27 - x, 27 - y)));
    expect(apply(texture, { rotation: -90 })).toEqual(remap((x, y) => pixelAt(texture, 27 - y, x)));
  });

  it('flips', () => {
    expect(apply(texture, { flipHorizontal: true })).toEqual(remap((x, y) => pixelAt(texture, 27 - x, y)));
    expect(apply(texture, { flipVertical: true })).toEqual(remap((x, y) => pixelAt(texture, x, 27 - y)));
  });

  it('shifts to the right and down, by halves too', () => {
    const dot = picture([[200]]);
    expect(apply(dot, { shiftX: 3, shiftY: -2 })).toEqual(picture([[200]], [15, 10]));
    expect(crop(apply(dot, { shiftX: 0.5 }), [11, 11], 3)).toEqual([
      [0, 0, 0],
      [0, 100, 100],
      [0, 0, 0],
    ]);
    expect(crop(apply(dot, { shiftX: 0.25, shiftY: 0.5 }), [12, 12], 2)).toEqual([
      [75, 25],
      [75, 25],
    ]);
  });

  it('zooms about the centre', () => {
    const block = picture(
      [
        [255, 255],
        [255, 255],
      ],
      [13, 13],
    );
    expect(crop(apply(block, { zoomX: 2 }), [11, 12], 4)).toEqual([
      [0, 0, 0, 0],
      [64, 191, 255, 255],
      [64, 191, 255, 255],
      [0, 0, 0, 0],
    ]);
  });

  it('shears vertical lines so that their foot goes to the right', () => {
    const line = remap((x) => (x === 13 ? 255 : 0));
    const sheared = apply(line, { shearX: 45 }, { fillMode: 'nearest' });
    // Half a pixel above the centre the line moves half a pixel to the left.
    expect([...sheared.subarray(13 * 28 + 11, 13 * 28 + 15)]).toEqual([0, 128, 128, 0]);
    expect([...sheared.subarray(14 * 28 + 12, 14 * 28 + 16)]).toEqual([0, 128, 128, 0]);
    expect([...sheared.subarray(23 * 28 + 21, 23 * 28 + 25)]).toEqual([0, 128, 128, 0]);
  });
});

describe('what lies outside', () => {
  // Each row of the image is 0, 9, 18 … 243; the expected numbers are scipy 1.17's map_coordinates(order=1, cval=7).
  const ramp = remap((x) => 9 * x);
  const positions = [-30, -29, -28, -2, -1, -0.75, 0, 13.5, 27, 27.25, 28, 29, 55, 56, 57];
  it.each([
    ['constant', [7, 7, 7, 7, 7, 5, 0, 122, 243, 184, 7, 7, 7, 7, 7]],
    ['nearest', [0, 0, 0, 0, 0, 0, 0, 122, 243, 243, 243, 243, 243, 243, 243]],
    ['reflect', [234, 243, 243, 9, 0, 0, 0, 122, 243, 243, 243, 234, 0, 0, 9]],
    ['wrap', [234, 243, 0, 234, 243, 182, 0, 122, 243, 182, 0, 9, 243, 0, 9]],
  ] as const)('%s fills as scipy does', (fillMode, expected) => {
    const levels = positions.map((position) => {
      // Pixel 10 shows `position` when the image is moved by the difference.
      const out = apply(ramp, { shiftX: 10 - position }, { fillMode, fillValue: 7 });
      return pixelAt(out, 10, 14);
    });
    expect(levels).toEqual(expected);
  });
});

describe('thickness', () => {
  it('grows a dot to a cross, then to an octagon', () => {
    const dot = picture([[200]], [14, 14]);
    expect(crop(apply(dot, { thickness: 0.5 }), [12, 12], 5)).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 100, 0, 0],
      [0, 100, 200, 100, 0],
      [0, 0, 100, 0, 0],
      [0, 0, 0, 0, 0],
    ]);
    expect(crop(apply(dot, { thickness: 2 }), [12, 12], 5)).toEqual([
      [0, 200, 200, 200, 0],
      [200, 200, 200, 200, 200],
      [200, 200, 200, 200, 200],
      [200, 200, 200, 200, 200],
      [0, 200, 200, 200, 0],
    ]);
  });

  it('shrinks a stroke, and leaves ink at the edge of the image', () => {
    const bar = remap((x) => (x >= 10 && x < 13 ? 240 : 0));
    expect([...apply(bar, { thickness: -1 }).subarray(9, 14)]).toEqual([0, 0, 240, 0, 0]);
    expect([...apply(bar, { thickness: -0.25 }).subarray(9, 14)]).toEqual([0, 180, 240, 180, 0]);
    expect(apply(new Uint8Array(784).fill(255), { thickness: -3 })).toEqual(new Uint8Array(784).fill(255));
  });

  it('agrees with the definition', () => {
    fc.assert(
      fc.property(anyImage, fc.double({ min: -3, max: 3, noNaN: true }), (image, thickness) => {
        const out = apply(image, { thickness });
        const expected = thickenReference(image, thickness);
        // A share is kept in 256ths, and every step is rounded.
        out.forEach((level, i) => expect(Math.abs(level - expected[i]!)).toBeLessThanOrEqual(2));
      }),
      { numRuns: 30 },
    );
  });
});

describe('grey levels', () => {
  it('contrast multiplies, rounds, and stops at white', () => {
    const levels = picture([[0, 1, 100, 200, 255]]);
    expect(crop(apply(levels, { contrast: 1.5 }), [12, 12], 5)[0]).toEqual([0, 2, 150, 255, 255]);
    expect(crop(apply(levels, { contrast: 0.5 }), [12, 12], 5)[0]).toEqual([0, 1, 50, 100, 128]);
  });

  it('cutout blanks a square to the fill value and is cut off at the border', () => {
    const full = new Uint8Array(784).fill(9);
    const inside = apply(full, { cutoutSide: 3, cutoutX: 14, cutoutY: 14 }, { fillValue: 5 });
    expect(crop(inside, [12, 12], 5)).toEqual([
      [9, 9, 9, 9, 9],
      [9, 5, 5, 5, 9],
      [9, 5, 5, 5, 9],
      [9, 5, 5, 5, 9],
      [9, 9, 9, 9, 9],
    ]);
    const corner = apply(full, { cutoutSide: 4, cutoutX: 27, cutoutY: 0 });
    expect(corner.reduce((count, level) => count + (level === 0 ? 1 : 0), 0)).toBe(6);
  });

  it('noise has the deviation that was asked for', () => {
    const noisy = apply(new Uint8Array(784).fill(128), { noiseSeed: 4 }, { noise: 10 });
    const mean = noisy.reduce((sum, level) => sum + level, 0) / 784;
    const variance = noisy.reduce((sum, level) => sum + (level - mean) ** 2, 0) / 784;
    // Five standard errors of a mean and of a standard deviation over 784 draws.
    expect(Math.abs(mean - 128)).toBeLessThan(1.8);
    expect(Math.abs(Math.sqrt(variance) - 10)).toBeLessThan(1.3);
  });
});

describe('any transformation', () => {
  it('matches the definition to one grey level', () => {
    fc.assert(
      fc.property(anyImage, anyParameters, fc.nat(), (image, input, seed) => {
        const parameters = augmentationSchema.parse({
          ...input,
          thickness: 0,
          contrast: 0,
          noise: 0,
          cutout: 0,
        });
        const transformation = sampleAugmentation(parameters, createRandom(seed));
        const out = new Uint8Array(784);
        createAugmenter(parameters).apply(image, transformation, out);
        const expected = warpReference(image, transformation, parameters);
        out.forEach((level, i) => expect(Math.abs(level - expected[i]!)).toBeLessThanOrEqual(1));
      }),
      { numRuns: 60 },
    );
  });

  it('depends on its numbers alone, not on what the augmenter did before', () => {
    fc.assert(
      fc.property(anyImage, anyParameters, fc.nat(), (image, input, seed) => {
        const parameters = augmentationSchema.parse(input);
        const transformation = sampleAugmentation(parameters, createRandom(seed));
        const used = createAugmenter(parameters);
        const out = new Uint8Array(784);
        used.apply(texture, sampleAugmentation(parameters, createRandom(seed + 1)), out);
        used.apply(image, transformation, out);
        const fresh = new Uint8Array(784);
        const before = image.slice();
        createAugmenter(parameters).apply(image, transformation, fresh);
        expect(out).toEqual(fresh);
        expect(image).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a blank page blank and a full page full where nothing comes from outside', () => {
    fc.assert(
      fc.property(anyParameters, fc.constantFrom(0, 255), fc.nat(), (input, level, seed) => {
        const parameters = augmentationSchema.parse({
          ...input,
          contrast: 0,
          noise: 0,
          fillValue: level,
        });
        const page = new Uint8Array(784).fill(level);
        const out = new Uint8Array(784);
        createAugmenter(parameters).apply(page, sampleAugmentation(parameters, createRandom(seed)), out);
        expect(out).toEqual(page);
      }),
      { numRuns: 60 },
    );
  });
});
