import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import { decodeMessage, encodeMessage } from '../../../src/shared/rpc/codec.ts';

const typedArray = fc.oneof(
  fc.uint8Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
);
const leaf = fc.oneof(
  fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed()),
  fc.double(),
  fc.boolean(),
  fc.constantFrom(null, undefined, NaN, -0, Infinity, -Infinity),
  typedArray,
);
const key = fc.oneof(fc.string(), fc.constantFrom('$', '0', '1', 'constructor', 'toJSON', 'length'));
const plainData = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    leaf,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(
      key.filter((name) => name !== '__proto__'),
      tie('value'),
      { maxKeys: 5, noNullPrototype: true },
    ),
  ),
})).value;

/** A message with the given text and bytes, written here by hand from the format's description. */
function message(text: string, attachments: number[] = []): Uint8Array {
  const json = new TextEncoder().encode(text);
  const start = Math.ceil((8 + json.length) / 8) * 8;
  const bytes = new Uint8Array(start + attachments.length);
  bytes.set([0x44, 0x53, 0x54, 0x31, json.length & 255, json.length >> 8, 0, 0]);
  bytes.set(json, 8);
  bytes.set(attachments, start);
  return bytes;
}

describe('encoding', () => {
  test('what is encoded decodes to the same, like a structured clone', () => {
    fc.assert(
      fc.property(plainData, (value) => {
        // Not vitest's own comparison: that takes a key named `constructor` for the type.
        deepStrictEqual(decodeMessage(encodeMessage(value)), structuredClone(value));
      }),
      { numRuns: 300 },
    );
  });

  test('the bytes are as documented', () => {
    const written = encodeMessage({ a: new Uint16Array([1, 256]), b: null });
    expect([...written]).toStrictEqual([
      ...message('{"a":{"$":["Uint16Array",2]},"b":null}', [1, 0, 0, 1, 0, 0, 0, 0]),
    ]);
  });

  test('only the visible part of a larger buffer is sent, and the copy owns its memory', () => {
    const all = new Float64Array([1, 2, 3, 4]);
    const back = decodeMessage(encodeMessage(all.subarray(1, 3))) as Float64Array;
    expect([...back]).toStrictEqual([2, 3]);
    expect(back.buffer.byteLength).toBe(16);
  });

  test('decodes from any position of a larger buffer', () => {
    const encoded = encodeMessage({ x: new Float64Array([0.5]) });
    const shifted = new Uint8Array(encoded.length + 3);
    shifted.set(encoded, 3);
    expect(decodeMessage(shifted.subarray(3))).toStrictEqual({ x: new Float64Array([0.5]) });
  });

  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  test.each([
    ['a function', { f: () => 1 }, /a function cannot be sent/],
    ['a symbol', Symbol('s'), /a symbol/],
    ['a big integer', 1n, /a bigint/],
    ['a date', new Date(0), /instances of a class/],
    ['a map', new Map(), /instances of a class/],
    ['a kind of array that no contract uses', new BigInt64Array(1), /BigInt64Array/],
    ['an object that contains itself', circular, /contains itself/],
    ['a key __proto__', JSON.parse('{"__proto__":{"a":1}}') as unknown, /__proto__/],
  ])('refuses %s', (_what, value, problem) => {
    expect(() => encodeMessage(value)).toThrow(problem);
  });

  test('refuses what is over the limit, on both sides', () => {
    const bytes = encodeMessage(new Uint8Array(100));
    expect(() => encodeMessage(new Uint8Array(100), 100)).toThrow(/more than the 100 allowed/);
    expect(() => decodeMessage(bytes, bytes.length - 1)).toThrow(/allowed/);
    expect(decodeMessage(bytes, bytes.length)).toStrictEqual(new Uint8Array(100));
  });
});

describe('hostile messages', () => {
  test.each([
    ['nothing', new Uint8Array(0), /no known header/],
    ['a short header', new Uint8Array([0x44, 0x53, 0x54, 0x31]), /no known header/],
    ['another format', new Uint8Array(64), /no known header/],
    [
      'a text longer than the message',
      new Uint8Array([0x44, 0x53, 0x54, 0x31, 255, 255, 255, 255]),
      /inside its text/,
    ],
    ['a text that is not JSON', message('{oops'), /not JSON/],
    ['a text that is not UTF-8', message('"\u00e9"').with(9, 255), /not JSON/],
    ['an unknown special value', message('{"$":"Date"}'), /no known kind/],
    ['a special value named after a method', message('{"$":"toString"}'), /no known kind/],
    ['an unknown array type', message('{"$":["constructor",1]}', Array<number>(8).fill(0)), /no known type/],
    ['a negative length', message('{"$":["Uint8Array",-1]}'), /no valid length/],
    ['a fractional length', message('{"$":["Uint8Array",0.5]}'), /no valid length/],
    ['a length that is text', message('{"$":["Uint8Array","1"]}'), /no valid length/],
    [
      'an array longer than the message',
      message('{"$":["Float64Array",2]}', Array<number>(8).fill(0)),
      /inside an array/,
    ],
    ['a huge length', message('{"$":["Float64Array",9007199254740991]}'), /inside an array/],
    [
      'many arrays over the same bytes',
      message('[{"$":["Uint8Array",8]},{"$":["Uint8Array",8]}]', Array<number>(8).fill(0)),
      /inside an array/,
    ],
    ['bytes that nothing names', message('null', [1, 2, 3]), /3 bytes are left over/],
    ['a key __proto__', message('{"__proto__":{"polluted":true}}'), /__proto__/],
    ['a wrapped key __proto__', message('{"$":{"__proto__":{"polluted":true}}}'), /__proto__/],
    ['deep nesting', message('['.repeat(5000) + ']'.repeat(5000)), /nested deeper/],
  ])('refuses %s', (_what, bytes, problem) => {
    expect(() => decodeMessage(bytes)).toThrow(problem);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test('any bytes either decode or are refused as a bad message', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.string({ maxLength: 60 }), (tail, text) => {
        for (const bytes of [
          tail,
          message(text),
          message(JSON.stringify(text)),
          message(`{"$":${text}}`, [...tail]),
        ])
          try {
            decodeMessage(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
            expect(error).toMatchObject({ key: 'badMessage' });
          }
      }),
    );
  });

  test('a damaged message is refused or decodes, and never crashes', () => {
    const good = encodeMessage({ type: 'call', id: 1, input: [new Float32Array([1, 2, 3]), { $: 1 }] });
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.nat(255), (position, byte) => {
        try {
          decodeMessage(good.with(position, byte));
        } catch (error) {
          expect(error).toMatchObject({ key: 'badMessage' });
        }
      }),
    );
  });
});
