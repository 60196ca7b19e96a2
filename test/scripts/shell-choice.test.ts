import { describe, expect, it } from 'vitest';
import { chooseShell, hasScreen } from '../../scripts/lib/shell-choice.mjs';

const HERE = { path: '/electron' };
const NOT_HERE = { path: undefined, why: 'its binary is not installed' };
const CHROME = '/usr/bin/chromium';
const base = { wanted: 'auto', open: true, hasScreen: true, electron: HERE, browser: CHROME } as const;

describe('which shell opens', () => {
  it.each([
    ['Electron when it is there', {}, 'electron', /Electron: its binary is installed/],
    [
      'a browser window without Electron',
      { electron: NOT_HERE },
      'window',
      /chromium: Electron.*not installed/,
    ],
    ['a browser window when asked for', { wanted: 'browser' }, 'window', /--shell browser/],
    [
      'the address without both',
      { electron: NOT_HERE, browser: undefined },
      'address',
      /no Chromium, Chrome or Edge/,
    ],
    ['the address without a screen', { hasScreen: false }, 'address', /no screen.*DISPLAY/],
    ['the address with --no-open', { open: false }, 'address', /--no-open/],
    ['the address with --no-open and no screen', { open: false, hasScreen: false }, 'address', /--no-open/],
    [
      'no Electron without a screen, even if asked for',
      { wanted: 'electron', hasScreen: false },
      'address',
      /no screen/,
    ],
  ] as const)('is %s', (_name, change, kind, line) => {
    const choice = chooseShell({ ...base, ...change });
    expect(choice.kind).toBe(kind);
    expect(choice.line).toMatch(line);
    expect(choice.line).not.toMatch(/undefined|\n/);
  });

  it.each([
    ['linux', {}, false],
    ['linux', { DISPLAY: ':0' }, true],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, true],
    ['linux', { DISPLAY: '' }, false],
    ['darwin', {}, true],
    ['win32', {}, true],
  ])('a screen on %s with %o: %s', (platform, env, expected) => {
    expect(hasScreen({ platform, env })).toBe(expected);
  });
});
