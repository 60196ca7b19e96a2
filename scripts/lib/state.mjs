/** What the set-up remembers between starts, as small JSON files in node_modules: it goes when the packages go. */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const FOLDER = 'node_modules/.digit-studio';

/**
 * What was remembered under `name`, or undefined if nothing readable was.
 * @param {string} root
 * @param {string} name
 */
export function recall(root, name) {
  return readJson(join(root, FOLDER, `${name}.json`));
}

/**
 * Remembers a plain value under `name`.
 * @param {string} root
 * @param {string} name
 * @param {unknown} value
 */
export function remember(root, name, value) {
  writeJson(join(root, FOLDER, `${name}.json`), value);
}

/** A JSON file's content, or undefined if it is missing or no JSON. */
export function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Writes a JSON file so that a reader finds the old or the new one, never half of one. */
export function writeJson(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`);
  renameSync(draft, path);
}

/**
 * A short text that changes when one of the files, or any file in the folders, is changed, added or removed.
 * It looks at size and time of change only, so that hundreds of files take milliseconds.
 * @param {string} root
 * @param {string[]} paths relative to root; a missing one counts as empty
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths) describe(root, path, hash);
  return hash.digest('hex');
}

function describe(root, path, hash) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat?.isDirectory()) {
    for (const name of readdirSync(join(root, path)).sort()) describe(root, `${path}/${name}`, hash);
  } else if (stat) {
    hash.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`);
  }
}
