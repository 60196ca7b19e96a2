import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFormats } from '../../../src/shared/i18n/format.ts';

const en = createFormats('en');
const zh = createFormats('zh-CN');

describe('formats', () => {
  it.each([
    [0, '0.0%'],
    [0.29, '29.0%'],
    [0.5, '50.0%'],
    [0.98249, '98.2%'],
    [0.9999, '99.9%'],
    [1, '100.0%'],
  ])('shows the share %f as %s', (fraction, shown) => {
    expect(en.percent(fraction)).toBe(shown);
  });

  it('never shows an imperfect accuracy as perfect', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99999, noNaN: true }), (fraction) => {
        expect(en.percent(fraction)).not.toBe('100.0%');
      }),
    );
  });

  it('keeps every share of whole tenths of a percent', () => {
    for (let tenths = 0; tenths <= 1000; tenths += 1)
      expect(en.percent(tenths / 1000)).toBe(`${(tenths / 10).toFixed(1)}%`);
  });

  it.each([
    [0, '0 s', '0 秒'],
    [59.4, '59 s', '59 秒'],
    [59.6, '1 min 00 s', '1 分 00 秒'],
    [125, '2 min 05 s', '2 分 05 秒'],
    [3720, '1 h 02 min', '1 小时 02 分'],
    [-1, '0 s', '0 秒'],
  ])('shows %f seconds as %s and %s', (seconds, english, chinese) => {
    expect(en.duration(seconds)).toBe(english);
    expect(zh.duration(seconds)).toBe(chinese);
  });

  it('groups, rounds and shortens', () => {
    expect(en.integer(1234567)).toBe('1,234,567');
    expect(en.decimal(0.031234)).toBe('0.0312');
    expect(en.milliseconds(3.44)).toBe('3.4');
    expect(en.milliseconds(34.4)).toBe('34');
    expect(en.bytes(901_120)).toBe('901 kB');
    expect(en.bytes(1_628_200)).toBe('1.6 MB');
    expect(en.percentTick(0.5)).toBe('50%');
    expect(en.tick(3)).toBe('3');
  });
});
