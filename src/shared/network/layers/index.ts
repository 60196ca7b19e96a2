/** The catalog of layers: a new layer is one file and one line here. */
import type { LayerDefinition } from '../layer.ts';
import { conv2d } from './conv2d.ts';
import { dense } from './dense.ts';
import { depthwiseConv2d } from './depthwise-conv2d.ts';
import { activation, add, rescaling } from './elementwise.ts';
import { batchNormalization, layerNormalization } from './normalization.ts';
import { averagePooling2d, globalAveragePooling2d, maxPooling2d } from './pooling.ts';
import { dropout, gaussianNoise, spatialDropout2d } from './regularization.ts';
import { flatten, reshape } from './reshaping.ts';
import { separableConv2d } from './separable-conv2d.ts';

const definitions: readonly LayerDefinition[] = [
  dense,
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  flatten,
  reshape,
  // Before dropout, because in a tfjs file it is a special Dropout.
  spatialDropout2d,
  dropout,
  gaussianNoise,
  batchNormalization,
  layerNormalization,
  activation,
  add,
  rescaling,
];

/** Layer type -> definition. */
export const layerCatalog: ReadonlyMap<string, LayerDefinition> = new Map(
  definitions.map((definition) => [definition.type, definition]),
);
