import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultHome, prepareHome } from '../../src/core/home.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'home-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('defaultHome', () => {
  it.each([
    ['linux', {}, '/u/.local/share/digit-studio'],
    ['linux', { XDG_DATA_HOME: '/x' }, '/x/digit-studio'],
    ['darwin', {}, '/u/Library/Application Support/digit-studio'],
    ['linux', { DIGIT_STUDIO_HOME: 'here' }, resolve('here')],
    ['darwin', { DIGIT_STUDIO_HOME: '/there' }, '/there'],
  ] as const)('on %s with %o', (platform, environment, expected) => {
    expect(defaultHome({ platform, environment, userHome: '/u' })).toBe(expected);
  });
});

describe('prepareHome', () => {
  it('makes the folder and leaves it empty', () => {
    const home = join(folder, 'a', 'b');
    prepareHome(home);
    expect(statSync(home).isDirectory()).toBe(true);
    expect(readdirSync(home)).toEqual([]);
  });

  it('refuses a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => prepareHome(join(folder, 'file'))).toThrow(/it, or a part of its path, is a file/);
  });

  it('refuses a folder below a file', () => {
    writeFileSync(join(folder, 'file'), '');
    expect(() => prepareHome(join(folder, 'file', 'home'))).toThrow(/file.home cannot be/);
  });

  it.runIf(process.platform === 'linux')('refuses a place where nothing can be written', () => {
    expect(() => prepareHome('/proc/digit-studio')).toThrow(/\/proc\/digit-studio cannot be written/);
  });
});
