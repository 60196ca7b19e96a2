/**
 * Values that JSON cannot say, as objects with the one key `$`: `{$: 'undefined'}`, `{$: 'NaN'}`, `{$: ['Float32Array', 10]}`;
 * an object that has a key `$` of its own is wrapped: `{$: {…}}`.
 */
import { appError } from '../errors.ts';

/** Deeper nesting is refused: nothing in the app comes near, and it bounds the recursion below. */
const MAX_DEPTH = 100;
const ALIGNMENT = 8;

const ARRAY_TYPES = {
  Uint8Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
} as const;
type ArrayName = keyof typeof ARRAY_TYPES;
const ARRAY_NAMES = Object.keys(ARRAY_TYPES) as ArrayName[];

const CONSTANTS: Readonly<Record<string, unknown>> = {
  undefined: undefined,
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
  '-0': -0,
};

/** `bytes` rounded up to a multiple of 8, the alignment that suits every typed array. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

/** Turns a value into JSON-safe data, collecting its typed arrays in the order in which the text will name them. */
export function createPacker(): { pack(value: unknown): unknown; arrays: ArrayBufferView[] } {
  const arrays: ArrayBufferView[] = [];

  function pack(value: unknown, depth: number): unknown {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (Number.isFinite(value) && value !== 0) return value;
    const constant = Object.keys(CONSTANTS).find((name) => Object.is(CONSTANTS[name], value));
    if (constant !== undefined) return { $: constant };
    if (typeof value === 'number') return value;
    if (typeof value !== 'object') refuse(`a ${typeof value} cannot be sent`);
    if (depth > MAX_DEPTH) refuse(`it is nested deeper than ${MAX_DEPTH} levels, or contains itself`);
    if (ArrayBuffer.isView(value)) return packArray(value);
    if (Array.isArray(value)) return Array.from(value, (item) => pack(item, depth + 1));
    return packObject(value, depth);
  }

  function packArray(view: ArrayBufferView): unknown {
    const name = ARRAY_NAMES.find((candidate) => view instanceof ARRAY_TYPES[candidate]);
    if (!name) refuse(`a ${view.constructor.name} cannot be sent`);
    arrays.push(view);
    return { $: [name, view.byteLength / ARRAY_TYPES[name].BYTES_PER_ELEMENT] };
  }

  function packObject(value: object, depth: number): unknown {
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== null && prototype !== Object.prototype)
      refuse('only plain objects and typed arrays can be sent, not instances of a class');
    const entries = Object.entries(value).map(([key, item]) => [checkKey(key), pack(item, depth + 1)]);
    const packed: unknown = Object.fromEntries(entries);
    return Object.hasOwn(value, '$') ? { $: packed } : packed;
  }

  return { pack: (value) => pack(value, 0), arrays };
}

/** Turns what `createPacker` made back into the value, taking typed arrays from the start of `bytes` on. */
export function createUnpacker(bytes: Uint8Array): { unpack(tree: unknown): unknown; left(): number } {
  let offset = 0;

  function unpack(tree: unknown, depth: number): unknown {
    if (typeof tree !== 'object' || tree === null) return tree;
    if (depth > MAX_DEPTH) refuse(`it is nested deeper than ${MAX_DEPTH} levels`);
    if (Array.isArray(tree)) return tree.map((item) => unpack(item, depth + 1));
    return Object.hasOwn(tree, '$')
      ? unpackSpecial((tree as { $: unknown }).$, depth)
      : unpackObject(tree, depth);
  }

  function unpackObject(tree: object, depth: number): unknown {
    const entries = Object.entries(tree).map(([key, item]) => [checkKey(key), unpack(item, depth + 1)]);
    return Object.fromEntries(entries);
  }

  function unpackSpecial(special: unknown, depth: number): unknown {
    if (typeof special === 'string' && Object.hasOwn(CONSTANTS, special)) return CONSTANTS[special];
    if (Array.isArray(special)) return unpackArray(special[0], special[1]);
    if (typeof special === 'object' && special !== null) return unpackObject(special, depth);
    return refuse('it holds a special value of no known kind');
  }

  function unpackArray(name: unknown, length: unknown): unknown {
    const known = ARRAY_NAMES.find((candidate) => candidate === name);
    if (!known) refuse('it holds an array of no known type');
    if (!Number.isSafeInteger(length) || (length as number) < 0)
      refuse('it holds an array of no valid length');
    const size = (length as number) * ARRAY_TYPES[known].BYTES_PER_ELEMENT;
    if (size > bytes.length - offset) refuse('it ends inside an array');
    const copy = bytes.slice(offset, offset + size);
    offset = Math.min(offset + padded(size), bytes.length);
    return new ARRAY_TYPES[known](copy.buffer);
  }

  return { unpack: (tree) => unpack(tree, 0), left: () => bytes.length - offset };
}

/** The one key that is not data to JavaScript: code that copies such an object key by key would change its prototype. */
function checkKey(key: string): string {
  if (key === '__proto__') refuse('the key __proto__ cannot be sent');
  return key;
}

function refuse(problem: string): never {
  throw appError('badMessage', { problem });
}
