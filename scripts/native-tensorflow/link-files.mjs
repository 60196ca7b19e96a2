/** Putting a big file somewhere else without copying its bytes where the disk allows it. */
import { constants, copyFileSync, linkSync, lstatSync, mkdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes `to` the same file as `from`: the same symbolic link, else a hard link, else a copy.
 * @param {string} from
 * @param {string} to must not exist
 */
export function linkOrCopy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  if (lstatSync(from).isSymbolicLink()) return symlinkSync(readlinkSync(from), to);
  try {
    linkSync(from, to);
  } catch (error) {
    // Another disk, a file system without hard links, or a kernel that forbids them on files of others.
    if (!['EXDEV', 'EPERM', 'ENOTSUP', 'EMLINK', 'EACCES'].includes(error.code)) throw error;
    copyFileSync(from, to, constants.COPYFILE_FICLONE);
  }
}
