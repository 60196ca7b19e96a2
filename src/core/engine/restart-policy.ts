/** When a crashed engine is started again: at once, then ever more slowly, and not for ever. */

export interface RestartPolicy {
  /** Before the first restart; doubled for each crash that follows quickly. */
  firstDelayMs: number;
  longestDelayMs: number;
  /** An engine that lived longer than this counts as sound: the next crash is a first one. */
  soundAfterMs: number;
  /** After this many quick crashes in a row the engine stays down until it is asked for again. */
  maxQuickCrashes: number;
}

export const DEFAULT_RESTART_POLICY: RestartPolicy = {
  firstDelayMs: 100,
  longestDelayMs: 5_000,
  soundAfterMs: 10_000,
  maxQuickCrashes: 6,
};

/** Quick crashes in a row, this one included. */
export function countCrash(crashes: number, livedMs: number, policy: RestartPolicy): number {
  return livedMs > policy.soundAfterMs ? 1 : crashes + 1;
}

/** How long to wait after the `crashes`-th quick crash in a row (from 1), or null to give up. */
export function restartDelayMs(crashes: number, policy: RestartPolicy): number | null {
  if (crashes > policy.maxQuickCrashes) return null;
  return Math.min(policy.firstDelayMs * 2 ** (crashes - 1), policy.longestDelayMs);
}
