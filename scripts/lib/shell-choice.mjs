/** Which shell opens, and the one line that says so. */

/**
 * @typedef {object} ShellSituation
 * @property {'auto' | 'electron' | 'browser'} wanted what the person asked for
 * @property {boolean} open false: serve only
 * @property {boolean} hasScreen
 * @property {import('./electron.mjs').Electron} electron
 * @property {string | undefined} browser path of an installed browser
 */

/**
 * @typedef {{kind: 'electron' | 'window' | 'address', line: string}} ShellChoice
 */

/**
 * Electron if it can be, else the web shell in a browser's app window, else the address alone.
 * @param {ShellSituation} situation
 * @returns {ShellChoice}
 */
export function chooseShell({ wanted, open, hasScreen, electron, browser }) {
  if (!open) return address('--no-open was given');
  if (!hasScreen) return address('there is no screen (neither DISPLAY nor WAYLAND_DISPLAY is set)');
  if (electron.path && wanted !== 'browser')
    return { kind: 'electron', line: 'Opening in Electron: its binary is installed.' };
  const why =
    wanted === 'browser' ? '--shell browser was given' : `Electron is not available, ${electron.why}`;
  if (!browser) return address(`${why}, and no Chromium, Chrome or Edge is installed`);
  return { kind: 'window', line: `Opening as an app window of ${browser}: ${why}.` };
}

/**
 * Whether a window can be shown. Only Linux machines are commonly without a screen.
 * @param {{env: Record<string, string | undefined>, platform: string}} machine
 */
export function hasScreen({ env, platform }) {
  return platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

const address = (why) => ({ kind: 'address', line: `Serving without a window: ${why}.` });
