import { mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { build, isFresh, type Product } from '../../scripts/lib/build.mjs';
import { packagesAreReady } from '../../scripts/lib/packages.mjs';
import { fingerprint } from '../../scripts/lib/state.mjs';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

let machine: FakeMachine;
beforeEach(() => void (machine = fakeMachine({ node: process.execPath })));
afterEach(() => machine.remove());

function put(path: string, text: string): void {
  mkdirSync(join(machine.root, path, '..'), { recursive: true });
  writeFileSync(join(machine.root, path), text);
}

describe('fingerprint', () => {
  const of = () => fingerprint(machine.root, ['src', 'one.txt', 'missing']);
  beforeEach(() => {
    put('src/a/x.ts', 'x');
    put('one.txt', '1');
  });

  it('stays while nothing changes', () => expect(of()).toBe(of()));

  it.each([
    ['a changed size', () => put('src/a/x.ts', 'longer')],
    ['a new file', () => put('src/b.ts', '')],
    ['a removed file', () => rmSync(join(machine.root, 'src/a/x.ts'))],
    ['a missing file that appears', () => put('missing', '')],
    ['another time of change', () => utimesSync(join(machine.root, 'one.txt'), 1, 1)],
  ])('changes with %s', (_name, change) => {
    const before = of();
    change();
    expect(of()).not.toBe(before);
  });

  it('does not look at other files', () => {
    const before = of();
    put('other.txt', '');
    expect(of()).toBe(before);
  });
});

describe('a built product', () => {
  const copy = "require('fs').cpSync('source.txt', 'made.txt')";
  const product = (program: string): Product => ({
    title: 'Making',
    from: ['source.txt'],
    to: 'made.txt',
    stamp: 'stamp',
    command: ['-e', program],
  });

  it('is made once, and again when its source changes', async () => {
    put('source.txt', 'one');
    expect(isFresh(machine, product(copy))).toBe(false);
    await build(machine, product(copy));
    expect(isFresh(machine, product(copy))).toBe(true);
    put('source.txt', 'three');
    expect(isFresh(machine, product(copy))).toBe(false);
    await build(machine, product(copy));
    expect(readFileSync(join(machine.root, 'made.txt'), 'utf8')).toBe('three');
  });

  it('is not fresh after a build that failed, even over an older one', async () => {
    put('source.txt', 'one');
    await build(machine, product(copy));
    await expect(build(machine, product(`${copy}; throw Error('no good')`))).rejects.toThrow(/no good/);
    expect(isFresh(machine, product(copy))).toBe(false);
  });

  it('is not fresh when its file is gone', async () => {
    put('source.txt', 'one');
    await build(machine, product(copy));
    rmSync(join(machine.root, 'made.txt'));
    expect(isFresh(machine, product(copy))).toBe(false);
  });
});

describe('packages', () => {
  const entry = (version: string, more = {}) => ({ version, ...more });
  const lock = (packages: object) => JSON.stringify({ packages });

  it.each([
    ['the same', { a: entry('1.0.0') }, { a: entry('1.0.0') }, true],
    ['another version', { a: entry('1.0.0') }, { a: entry('1.0.1') }, false],
    ['a missing one', { a: entry('1.0.0') }, {}, false],
    ['a missing one for another platform', { a: entry('1.0.0', { optional: true }) }, {}, true],
  ])('with %s installed as locked', (_name, locked, installed, ready) => {
    put('package-lock.json', lock({ '': {}, ...locked }));
    put('node_modules/.package-lock.json', lock(installed));
    expect(packagesAreReady(machine)).toBe(ready);
  });

  it('are looked at again when the lock changes', () => {
    put('package-lock.json', lock({ a: entry('1.0.0') }));
    put('node_modules/.package-lock.json', lock({ a: entry('1.0.0') }));
    expect(packagesAreReady(machine)).toBe(true);
    put('package-lock.json', lock({ a: entry('2.0.0') }));
    expect(packagesAreReady(machine)).toBe(false);
  });

  it('are not ready without Node 24', () => {
    put('package-lock.json', lock({}));
    put('node_modules/.package-lock.json', lock({}));
    expect(packagesAreReady({ ...machine, node: join(machine.root, 'no-node') })).toBe(false);
  });
});
