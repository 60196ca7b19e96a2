/** Files and folders that are there completely or not at all, also after a power cut. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appError, AppError } from '../../shared/errors.ts';

const TEMPORARY = '.tmp-';

/** Writes `content` to `path`; whoever reads it finds the old or the new content, never a part. */
export async function writeFileAtomically(path: string, content: Uint8Array | string): Promise<void> {
  const temporary = `${path}${TEMPORARY}${process.pid}`;
  try {
    await writeAndSync(temporary, content);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await discard(temporary);
    throw notWritten(path, error);
  }
}

/** Makes the folder `path` with these files (name -> content); it appears only when all of them are on disk. */
export async function writeFolderAtomically(
  path: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const temporary = `${path}${TEMPORARY}${process.pid}`;
  try {
    await mkdir(temporary, { recursive: true });
    for (const [name, content] of Object.entries(files)) await writeAndSync(join(temporary, name), content);
    await syncFolder(temporary);
    await rename(temporary, path);
    await syncFolder(dirname(path));
  } catch (error) {
    await discard(temporary);
    throw notWritten(path, error);
  }
}

/** The error for a file or folder that could not be written, whatever the system said (disk full, no permission). */
export function notWritten(path: string, error: unknown): AppError {
  if (error instanceof AppError) return error;
  const problem = error instanceof Error ? error.message : String(error);
  return appError('fileNotWritten', { path, problem }, { cause: error });
}

/** Removes what interrupted atomic writes of processes that are gone left in `folder`; gives how many. */
export async function sweepTemporaries(
  folder: string,
  isRunning: (pid: number) => boolean = processIsRunning,
): Promise<number> {
  let removed = 0;
  for (const name of await readdir(folder)) {
    const mark = name.lastIndexOf(TEMPORARY);
    if (mark < 0) continue;
    // Another process that shares the home may be in the middle of its own write.
    const owner = Number(name.slice(mark + TEMPORARY.length));
    if (owner !== process.pid && isRunning(owner)) continue;
    await rm(join(folder, name), { recursive: true, force: true });
    removed++;
  }
  return removed;
}

/** Removes what a failed write left; where that fails too, the first error is the one to report. */
async function discard(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true }).catch(() => undefined);
}

function processIsRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function writeAndSync(path: string, content: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes renames inside `folder` durable; Windows cannot open folders and needs none of it. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
