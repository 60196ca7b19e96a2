/** Engine processes as Electron makes them. */
import { utilityProcess } from 'electron';
import { describeExit, type SpawnEngine } from '../core/engine-process.ts';
import { utilityProcessLink, type UtilityChild } from '../shared/rpc/process-link.ts';

const KEPT_OUTPUT_CHARACTERS = 4_000;

/** Makes the `spawnEngine` of the Electron shell; `entry` is the built engine. */
export function createUtilityEngine(entry: string): SpawnEngine {
  return () => {
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Digit Studio engine',
      // Standard output belongs to the lines that the starter reads.
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let output = '';
    child.stderr?.on('data', (bytes: Buffer) => {
      output = (output + bytes.toString()).slice(-KEPT_OUTPUT_CHARACTERS);
    });
    const exit = new Promise<string>((resolve) => {
      child.once('exit', (code) => resolve(describeExit({ code, signal: null, output })));
    });
    return {
      link: utilityProcessLink(child as UtilityChild),
      get pid() {
        return child.pid;
      },
      kill: () => killAtOnce(child),
      onExit: (listener) => void exit.then(listener),
    };
  };
}

/** Electron's own `kill` asks politely, which an engine inside a native call does not hear. */
function killAtOnce(child: Electron.UtilityProcess): void {
  if (child.pid === undefined) return void child.kill();
  try {
    process.kill(child.pid, 'SIGKILL');
  } catch {
    // It has just ended by itself.
  }
}
