/** tfjs-node as an independent oracle: eager kernels, its own autodiff and its own reader of LayersModel files. */
import { createRequire } from 'node:module';
import type * as tfjs from '@tensorflow/tfjs-node';

const require = createRequire(import.meta.url);

/** tfjs-node 4.22 calls this, which Node 23 took away (tfjs issue 8609). */
const util = require('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';

export const tf = require('@tensorflow/tfjs-node') as typeof tfjs;
