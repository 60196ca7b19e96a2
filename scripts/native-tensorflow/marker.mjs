/**
 * The marker: node_modules/.digit-studio-native.json says that the native tree was checked, and where it came from.
 * `doctor` shows its `source`. A binding that is not the marked one is checked again.
 */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readJson, writeJson } from '../lib/state.mjs';
import { BINDING, LIBRARIES, libraryName, tfjsFolder } from './tree.mjs';

const markerPath = (root) => join(root, 'node_modules/.digit-studio-native.json');

/**
 * Whether the tree in tfjs-node is the one that was checked.
 * @param {import('../lib/machine.mjs').Machine} machine
 */
export function isMarked({ root, platform, arch }) {
  const marker = readJson(markerPath(root));
  if (marker?.platform !== platform || marker.arch !== arch) return false;
  return JSON.stringify(marker.files) === JSON.stringify(identities(root, platform));
}

/**
 * Marks the tree in tfjs-node as checked.
 * @param {import('../lib/machine.mjs').Machine} machine
 * @param {{source: string, tensorflow: string}} origin
 */
export function mark({ root, platform, arch }, { source, tensorflow }) {
  const files = identities(root, platform);
  writeJson(markerPath(root), { source, tensorflow, platform, arch, files });
}

/** Size and time of change of the binding and of the library: cheap to ask, and different for another file. */
function identities(root, platform) {
  return [BINDING, `${LIBRARIES}/${libraryName(platform)}`].map((path) => {
    const stat = statSync(join(tfjsFolder(root), path), { throwIfNoEntry: false });
    return { path, bytes: stat?.size ?? 0, modified: stat?.mtimeMs ?? 0 };
  });
}
