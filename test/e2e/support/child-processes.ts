import { execFileSync } from 'node:child_process';

/** Ids of the processes that `parent` has started, oldest first; Linux and macOS. */
export function childrenOf(parent: number): number[] {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return table
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
    .filter(([pid, ppid]) => pid !== undefined && ppid === parent)
    .map(([pid]) => pid as number)
    .sort((a, b) => a - b);
}
