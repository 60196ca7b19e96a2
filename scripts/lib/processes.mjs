/** Child processes that must not outlive us. */

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const PATIENCE_MS = 5_000;

/**
 * Ends a child: asks first, insists after five seconds.
 * @param {import('node:child_process').ChildProcess} child
 */
export function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
}

/**
 * Ends the children when a signal asks us to end, and when we exit for any other reason.
 * @param {import('node:child_process').ChildProcess[]} children may grow later
 * @returns {() => void} stops watching
 */
export function endWithUs(children) {
  const endAll = () => children.forEach(end);
  for (const signal of SIGNALS) process.on(signal, endAll);
  process.on('exit', endAll);
  return () => {
    for (const signal of SIGNALS) process.off(signal, endAll);
    process.off('exit', endAll);
  };
}
