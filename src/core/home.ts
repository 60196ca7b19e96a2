/** The data home: the one folder that holds everything a person makes with the app. */
import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fail } from '../shared/errors.ts';

const FOLDER_NAME = 'digit-studio';

/** What decides where the data home is. */
export interface HomeSources {
  environment: Readonly<Record<string, string | undefined>>;
  platform: NodeJS.Platform;
  userHome: string;
}

/** `$DIGIT_STUDIO_HOME`, else the platform's folder for application data; absolute. */
export function defaultHome(
  sources: HomeSources = { environment: process.env, platform: process.platform, userHome: homedir() },
): string {
  const { environment, platform, userHome } = sources;
  if (environment.DIGIT_STUDIO_HOME) return resolve(environment.DIGIT_STUDIO_HOME);
  if (platform === 'win32')
    return join(environment.APPDATA || join(userHome, 'AppData', 'Roaming'), FOLDER_NAME);
  if (platform === 'darwin') return join(userHome, 'Library', 'Application Support', FOLDER_NAME);
  return join(environment.XDG_DATA_HOME || join(userHome, '.local', 'share'), FOLDER_NAME);
}

/** Makes the folder if needed and proves that it can be written; anything else is an error that names the folder. */
export function prepareHome(home: string): void {
  try {
    makeFolder(resolve(home));
  } catch (cause) {
    if (isFile(home)) fail('homeNotFolder', { home }, { cause });
    fail('homeNotWritable', { home, problem: reason(cause) }, { cause });
  }
  // Permission bits do not tell about read-only disks, quotas or access lists: only writing does.
  const probe = join(home, `.write-test-${process.pid}`);
  try {
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (cause) {
    rmSync(probe, { force: true });
    fail('homeNotWritable', { home, problem: reason(cause) }, { cause });
  }
}

/** Like `mkdir -p`. Node's own recursive form never returns where a folder exists but takes no entries (/proc). */
function makeFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  if (dirname(path) !== path) makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/** Whether `path` or the part of it that exists is a file. */
function isFile(path: string): boolean {
  for (let part = resolve(path); dirname(part) !== part; part = dirname(part)) {
    try {
      return statSync(part).isFile();
    } catch {
      // Not there: its parent decides.
    }
  }
  return false;
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
