/** Opens an address in the person's browser. */
import { spawn } from 'node:child_process';

/** The program of each system that opens an address in the default browser. */
const OPENERS: Partial<Record<NodeJS.Platform, [command: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Starts the default browser at `url`, or calls `onMissing` where there is none. */
export function openBrowser(url: string, onMissing: () => void): void {
  const [command, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const child = spawn(command, [...args, url], { stdio: 'ignore', detached: true });
  child.once('error', onMissing);
  child.unref();
}
