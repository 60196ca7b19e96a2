/** An installed Chromium, Chrome or Edge, and how it shows one address as an app window. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const COMMANDS = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_APPS = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const WINDOWS_PATHS = [
  'Google/Chrome/Application/chrome.exe',
  'Chromium/Application/chrome.exe',
  'Microsoft/Edge/Application/msedge.exe',
];
const WINDOWS_FOLDERS = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'];

/**
 * The path of the first browser found; $DIGIT_STUDIO_BROWSER wins.
 * @param {{env: Record<string, string | undefined>, platform: string}} machine
 * @returns {string | undefined}
 */
export function findBrowser(machine) {
  return browserCandidates(machine).find(isExecutable);
}

/**
 * Every place where a browser may be, best first.
 * @param {{env: Record<string, string | undefined>, platform: string}} machine
 */
export function browserCandidates({ env, platform }) {
  if (env.DIGIT_STUDIO_BROWSER) return [env.DIGIT_STUDIO_BROWSER];
  if (platform === 'win32') {
    const folders = WINDOWS_FOLDERS.map((name) => env[name]).filter(Boolean);
    return WINDOWS_PATHS.flatMap((path) => folders.map((folder) => join(folder, path)));
  }
  const apps =
    platform === 'darwin' ? MAC_APPS.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`) : [];
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  return [...apps, ...COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))];
}

/**
 * The arguments that open `url` as a window of its own, with a profile of its own, talking to nobody else.
 * @param {{url: string, profile: string, asRoot: boolean}} window
 */
export function windowArguments({ url, profile, asRoot }) {
  return [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--window-size=1280,860',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-quic',
    // Chromium refuses to start as root with its sandbox on.
    ...(asRoot ? ['--no-sandbox'] : []),
  ];
}

/** Whether this process is root on Linux, where browsers and Electron cannot use their sandbox. */
export const isRootOnLinux = () => process.platform === 'linux' && process.getuid?.() === 0;

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
