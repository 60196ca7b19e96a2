/** Notices that the last page has gone for good, not just for a reload. */

/** A reload reconnects well within this time, even on a slow machine. */
const GRACE_MS = 5000;

export interface PageWatchOptions {
  onAbandoned: () => void;
  graceMs?: number;
}

/** Makes a listener for the number of connected pages: `onAbandoned` is called once none is left for the time of grace. */
export function createPageWatch({
  onAbandoned,
  graceMs = GRACE_MS,
}: PageWatchOptions): (count: number) => void {
  let timer: NodeJS.Timeout | undefined;
  return (count) => {
    clearTimeout(timer);
    timer = count === 0 ? setTimeout(onAbandoned, graceMs) : undefined;
    timer?.unref();
  };
}
