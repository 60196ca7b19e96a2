/** A browser profile that no other running app window uses: with a shared one, the second browser would end at once. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './lock.mjs';

/**
 * A folder for the window's profile, marked as ours. Nothing in it is worth keeping: everything a person makes is
 * in the data home. It is reused because a browser starts faster with a profile it knows.
 * @param {{cache: string}} machine
 */
export function takeProfile({ cache }) {
  for (let number = 1; ; number++) {
    const folder = join(cache, `window-${number}`);
    mkdirSync(folder, { recursive: true });
    const owner = join(folder, 'digit-studio.pid');
    if (isAlive(ownerOf(owner))) continue;
    writeFileSync(owner, String(process.pid));
    return folder;
  }
}

function ownerOf(path) {
  try {
    return Number(readFileSync(path, 'utf8'));
  } catch {
    return 0;
  }
}
