/** Step 2: native TensorFlow under tfjs-node, from the first source that has it. Each succeeds whole or leaves nothing. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SetupProblem, problemOf } from '../lib/problem.mjs';
import { checkAlreadyThere } from './already-there.mjs';
import { cacheEntry, cacheSource, keepInCache } from './cache.mjs';
import { checkTree } from './check.mjs';
import { givenFolderSource } from './given-folder.mjs';
import { isMarked, mark } from './marker.mjs';
import { officialSource } from './official-download.mjs';
import { pipSource } from './pip-wheel.mjs';
import { newStaging, placeTree, tfjsFolder, PARTS } from './tree.mjs';

/**
 * @typedef {object} Source
 * @property {string} name
 * @property {(machine: import('../lib/machine.mjs').Machine) => number} bytes disk space it needs while it works
 * @property {(machine: import('../lib/machine.mjs').Machine, staging: string) => Promise<{source: string}>} prepare
 *   fills the empty tree `staging`, or throws a SetupProblem
 */

/** @type {Source[]} */
const SOURCES = [cacheSource, officialSource, pipSource, givenFolderSource];

/** Whether native TensorFlow was set up and checked, and is still what was checked. */
export const nativeTensorflowIsReady = isMarked;

/**
 * Sets up native TensorFlow; if no source has it, the problem lists why not each.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {Source[]} [sources]
 */
export async function ensureNativeTensorflow(machine, sources = SOURCES) {
  machine.say('Setting up native TensorFlow (once) …');
  const refusals = [];
  const refuse = (name, error) => {
    const problem = problemOf(error, 'setting up TensorFlow');
    if (!(problem instanceof SetupProblem)) throw problem;
    refusals.push({ name, message: problem.message, remedy: problem.remedy });
  };
  try {
    return await adopt(machine);
  } catch (error) {
    refuse('already there', error);
  }
  for (const source of sources) {
    try {
      return await install(machine, source);
    } catch (error) {
      refuse(source.name, error);
    }
  }
  throw nowhere(refusals);
}

/** Takes the tree that is there, if it works. */
async function adopt(machine) {
  const tensorflow = await checkAlreadyThere(machine);
  const origin = { source: 'already there', tensorflow };
  if (!existsSync(cacheEntry(machine))) await keepInCache(machine, tfjsFolder(machine.root), origin);
  return finish(machine, origin);
}

async function install(machine, source) {
  const tfjs = tfjsFolder(machine.root);
  requireSpace(machine, tfjs, source.bytes(machine));
  const staging = newStaging(tfjs);
  try {
    const { source: from } = await source.prepare(machine, staging);
    keepParts(staging);
    const tensorflow = await checkTree(machine, staging);
    const origin = { source: from, tensorflow };
    if (source !== cacheSource) await keepInCache(machine, staging, origin);
    placeTree(staging, tfjs);
    return finish(machine, origin);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function finish(machine, origin) {
  mark(machine, origin);
  machine.say(`TensorFlow ${origin.tensorflow} works (${origin.source}).`);
  return origin;
}

/** Archives and headers are needed only while a tree is made. */
function keepParts(staging) {
  for (const name of readdirSync(staging))
    if (!PARTS.includes(name)) rmSync(join(staging, name), { recursive: true, force: true });
  rmSync(join(staging, 'deps/include'), { recursive: true, force: true });
}

function requireSpace(machine, folder, needed) {
  const free = machine.freeBytes(folder);
  if (free >= needed) return;
  const gigabytes = (bytes) => `${(bytes / 1e9).toFixed(1)} GB`;
  throw new SetupProblem(
    `it needs ${gigabytes(needed)} of disk space, ${gigabytes(free)} are free`,
    `Free ${gigabytes(needed - free)} and start again.`,
  );
}

function nowhere(refusals) {
  const lines = refusals.map(({ name, message, remedy }) => `  ${name}: ${message}. ${remedy}`);
  return new SetupProblem(
    `Native TensorFlow could not be set up. What was tried:\n${lines.join('\n')}`,
    'One of these is enough. Nothing half-made was left behind; start again when it is mended.',
  );
}
