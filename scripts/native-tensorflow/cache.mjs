/** Source 2: a checked tree kept outside node_modules, so that a fresh clone needs neither network nor compiler. */
import { createHash } from 'node:crypto';
import {
  createReadStream,
  lstatSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { SetupProblem, problemOf } from '../lib/problem.mjs';
import { readJson, writeJson } from '../lib/state.mjs';
import { linkOrCopy } from './link-files.mjs';
import { filesOf, tfjsFolder } from './tree.mjs';

const MANIFEST = 'manifest.json';

/**
 * The folder that keeps this machine's tree.
 * @param {import('../lib/machine.mjs').Machine} machine
 */
export function cacheEntry({ root, cache, platform, arch }) {
  const { version } = JSON.parse(readFileSync(join(tfjsFolder(root), 'package.json'), 'utf8'));
  return join(cache, 'tensorflow', `tfjs-node-${version}-${platform}-${arch}`);
}

export const cacheSource = {
  name: 'cache',
  bytes: (machine) => {
    const files = readJson(join(cacheEntry(machine), MANIFEST))?.files ?? [];
    return sameDisk(machine) ? 0 : files.reduce((sum, { size }) => sum + (size ?? 0), 0);
  },
  /** Fills `staging` from the cache, if every file there is as it was when it was put in. */
  async prepare(machine, staging) {
    const entry = cacheEntry(machine);
    const manifest = readJson(join(entry, MANIFEST));
    if (!manifest) throw new SetupProblem('nothing is stored yet', 'It fills itself at the first success.');
    machine.say(`TensorFlow: taking ${manifest.tensorflow} from the cache …`);
    for (const file of manifest.files) {
      if (JSON.stringify(await describe(entry, file.path)) !== JSON.stringify(file)) {
        rmSync(entry, { recursive: true, force: true });
        throw new SetupProblem(
          `${file.path} was damaged, so the cache was emptied`,
          'It fills itself again.',
        );
      }
      linkOrCopy(join(entry, file.path), join(staging, file.path));
    }
    return { source: manifest.source };
  },
};

/**
 * Keeps a checked tree. The app works without, so a cache that cannot be written is only mentioned.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {string} tree
 * @param {{source: string, tensorflow: string}} origin
 */
export async function keepInCache(machine, tree, origin) {
  const entry = cacheEntry(machine);
  const draft = `${entry}.${process.pid}`;
  try {
    mkdirSync(draft, { recursive: true });
    const files = [];
    for (const path of filesOf(tree)) {
      if (path.startsWith('deps/include/')) continue;
      linkOrCopy(join(tree, path), join(draft, path));
      files.push(await describe(draft, path));
    }
    writeJson(join(draft, MANIFEST), { ...origin, files });
    rmSync(entry, { recursive: true, force: true });
    renameSync(draft, entry);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    machine.say(
      `TensorFlow: not kept in ${dirname(entry)}: ${problemOf(error, 'filling the cache').message}.`,
    );
  }
}

/** What a file is, in the manifest's words: where a symbolic link points, or size and SHA-256. */
async function describe(folder, path) {
  const full = join(folder, path);
  const stat = lstatSync(full, { throwIfNoEntry: false });
  if (!stat) return { path, missing: true };
  if (stat.isSymbolicLink()) return { path, link: readlinkSync(full) };
  const hash = createHash('sha256');
  await pipeline(createReadStream(full, { highWaterMark: 1 << 20 }), hash);
  return { path, size: stat.size, sha256: hash.digest('hex') };
}

function sameDisk(machine) {
  const cache = statSync(machine.cache, { throwIfNoEntry: false });
  return cache?.dev === statSync(tfjsFolder(machine.root)).dev;
}
