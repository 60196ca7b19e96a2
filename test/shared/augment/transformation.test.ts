import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AUGMENTATION_PRESETS, augmentationSchema } from '../../../src/shared/augment/parameters.ts';
import { augmentationPreset } from '../../../src/shared/augment/presets.ts';
import { sampleAugmentation } from '../../../src/shared/augment/transformation.ts';
import { createRandom } from '../../../src/shared/random/random.ts';

const strong = { ...augmentationPreset('strong'), flipHorizontal: true, flipVertical: true };
const draw = (seed: number, parameters = strong) => sampleAugmentation(parameters, createRandom(seed));

describe('sampleAugmentation', () => {
  it('draws nothing but the identity from ranges of zero', () => {
    const { elasticSeed, noiseSeed, cutoutX, cutoutY, ...rest } = draw(5, augmentationPreset('none'));
    expect(rest).toEqual({
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
      contrast: 1,
      cutoutSide: 0,
    });
    for (const number of [elasticSeed, noiseSeed, cutoutX, cutoutY])
      expect(Number.isInteger(number)).toBe(true);
  });

  it('gives the same numbers for the same seed, and others for another', () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });

  it('stays within its ranges and fills them', () => {
    const draws = Array.from({ length: 2000 }, (_, seed) => draw(seed));
    const ranges = [
      ['rotation', -20, 20],
      ['shearX', -15, 15],
      ['shearY', -15, 15],
      ['shiftX', -3.36, 3.36],
      ['shiftY', -3.36, 3.36],
      ['thickness', -1, 1],
      ['contrast', 0.7, 1.3],
      ['cutoutSide', 0, 8],
      ['cutoutX', 0, 27],
      ['cutoutY', 0, 27],
    ] as const;
    for (const [name, low, high] of ranges) {
      const values = draws.map((transformation) => transformation[name]);
      expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
      expect(Math.max(...values)).toBeLessThanOrEqual(high);
      expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.98 * (high - low));
    }
    for (const { zoomX, zoomY } of draws) {
      const [size, shape] = [Math.sqrt(zoomX * zoomY), zoomX / zoomY];
      expect(size > 0.8 - 1e-9 && size < 1.2 + 1e-9).toBe(true);
      expect(shape > 0.8 - 1e-9 && shape < 1.2 + 1e-9).toBe(true);
    }
    const flipped = draws.filter(({ flipHorizontal }) => flipHorizontal).length;
    expect(Math.abs(flipped - 1000)).toBeLessThan(112);
  });

  it('leaves every other number alone when one parameter changes', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const changed = draw(seed, { ...strong, rotation: 90, noise: 0, cutout: 0, flipVertical: false });
        const { rotation, cutoutSide, flipVertical, ...others } = draw(seed);
        expect(changed).toMatchObject(others);
        expect(changed.rotation).toBeCloseTo(rotation * 4.5, 10);
        expect([cutoutSide >= 0, typeof flipVertical]).toEqual([true, 'boolean']);
      }),
    );
  });
});

describe('presets', () => {
  it('are complete and grow from none to strong', () => {
    const names = ['rotation', 'shift', 'shear', 'zoom', 'elasticAlpha', 'thickness', 'noise'] as const;
    const presets = AUGMENTATION_PRESETS.map((name) => augmentationPreset(name));
    expect(presets[0]).toEqual(augmentationSchema.parse({}));
    for (let i = 1; i < presets.length; i++)
      for (const name of names) expect(presets[i]![name]).toBeGreaterThanOrEqual(presets[i - 1]![name]);
  });

  it('never mirror: a mirrored digit is another one, or none', () => {
    for (const name of AUGMENTATION_PRESETS)
      expect(augmentationPreset(name)).toMatchObject({ flipHorizontal: false, flipVertical: false });
  });
});
