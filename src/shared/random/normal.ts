/** Normally distributed numbers by the ziggurat method: one table look-up in 98 cases of 100. */

const LAYERS = 128;
/** Where the base layer ends and the tail begins, and the area of every layer (Marsaglia & Tsang 2000, table for 128). */
const TAIL = 3.442619855899;
const LAYER_AREA = 9.91256303526217e-3;
const TWO_TO_24 = 2 ** 24;

/** Where uniform 32-bit words come from. */
export interface WordSource {
  uint32(): number;
}

/** `edges[i]` is the right edge of layer i, from the (virtual) base layer's down to 0. */
const edges = layerEdges();

/**
 * One draw from N(0, 1), from as many words as it takes (nearly always one). Sign, layer and position come from separate
 * bits of the word, as Doornik (2005) asks of a ziggurat.
 */
export function drawNormal(words: WordSource): number {
  for (;;) {
    const bits = words.uint32();
    const layer = bits & (LAYERS - 1);
    const sign = bits & LAYERS ? -1 : 1;
    const x = ((bits >>> 8) / TWO_TO_24) * edges[layer]!;
    if (x < edges[layer + 1]!) return sign * x;
    if (layer === 0) return sign * drawTail(words);
    const upper = density(edges[layer + 1]!);
    const lower = density(edges[layer]!);
    if (lower + unit(words) * (upper - lower) < density(x)) return sign * x;
  }
}

/** Beyond the last edge: Marsaglia's (1964) exact tail method. */
function drawTail(words: WordSource): number {
  for (;;) {
    const x = -Math.log(1 - unit(words)) / TAIL;
    const y = -Math.log(1 - unit(words));
    if (2 * y > x * x) return TAIL + x;
  }
}

function unit(words: WordSource): number {
  return words.uint32() / 2 ** 32;
}

/** exp(-x²/2), the unnormalised density. */
function density(x: number): number {
  return Math.exp(-0.5 * x * x);
}

function layerEdges(): Float64Array {
  const table = new Float64Array(LAYERS + 1);
  // The base layer is as wide as a rectangle of its area (tail included) would be.
  table[0] = LAYER_AREA / density(TAIL);
  table[1] = TAIL;
  for (let i = 2; i < LAYERS; i++) {
    const edge = table[i - 1]!;
    table[i] = Math.sqrt(-2 * Math.log(LAYER_AREA / edge + density(edge)));
  }
  return table;
}
