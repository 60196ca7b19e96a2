/** Ctrl+C and the polite signal of other programs. */

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** Calls `listener` for each of them instead of ending the program, until the returned function is called. */
export function onInterrupt(listener: () => void): () => void {
  for (const signal of SIGNALS) process.on(signal, listener);
  return () => {
    for (const signal of SIGNALS) process.off(signal, listener);
  };
}
