/**
 * A native tree: what tfjs-node needs beside its own files, in one folder. It has the same shape wherever it lies
 * (being made, in the cache, in node_modules/@tensorflow/tfjs-node):
 *
 *     deps/lib/libtensorflow.so (.dylib) and the files it links to; on Windows tensorflow.dll
 *     lib/napi-v8/tfjs_binding.node, and on Windows a copy of tensorflow.dll beside it
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/** The folders of a native tree. */
export const PARTS = ['deps', 'lib'];
export const LIBRARIES = 'deps/lib';
export const BINDING_FOLDER = 'lib/napi-v8';
export const BINDING = `${BINDING_FOLDER}/tfjs_binding.node`;

/** Where tfjs-node looks for its native tree. */
export const tfjsFolder = (root) => join(root, 'node_modules/@tensorflow/tfjs-node');

/** The file name of TensorFlow's library that the binding asks for, without a version. */
export function libraryName(platform) {
  if (platform === 'win32') return 'tensorflow.dll';
  return platform === 'darwin' ? 'libtensorflow.dylib' : 'libtensorflow.so';
}

/** Whether a folder holds a whole native tree; whether that works is for check.mjs to say. */
export function isComplete(tree, platform) {
  return existsSync(join(tree, BINDING)) && existsSync(join(tree, LIBRARIES, libraryName(platform)));
}

/** Every file of a tree, relative to it, in a fixed order. */
export function filesOf(tree) {
  const list = (folder) =>
    readdirSync(join(tree, folder), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? list(`${folder}/${entry.name}`) : [`${folder}/${entry.name}`],
    );
  return PARTS.flatMap((part) => (existsSync(join(tree, part)) ? list(part) : [])).sort();
}

/** Moves a finished tree into tfjs-node, in place of an older one. Both are on one disk, so nothing is copied. */
export function placeTree(tree, tfjs) {
  for (const part of PARTS) {
    const old = join(tfjs, `.old-${part}`);
    rmSync(old, { recursive: true, force: true });
    if (existsSync(join(tfjs, part))) renameSync(join(tfjs, part), old);
    renameSync(join(tree, part), join(tfjs, part));
    rmSync(old, { recursive: true, force: true });
  }
}

/** An empty folder beside the target to make a tree in; what an interrupted set-up left there is removed. */
export function newStaging(tfjs) {
  const staging = join(tfjs, '.set-up');
  rmSync(staging, { recursive: true, force: true });
  for (const folder of [LIBRARIES, BINDING_FOLDER]) mkdirSync(join(staging, folder), { recursive: true });
  return staging;
}
