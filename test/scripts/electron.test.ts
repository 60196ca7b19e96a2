import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronBinary, ensureElectron } from '../../scripts/lib/electron.mjs';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

const HOUR = 60 * 60 * 1000;
let machine: FakeMachine;
let folder: string;

beforeEach(() => {
  machine = fakeMachine({ node: process.execPath });
  folder = join(machine.root, 'node_modules/electron');
  mkdirSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '45.4.1' }));
  // Nothing listens there.
  machine.env.ELECTRON_MIRROR = 'http://127.0.0.1:1/';
});
afterEach(() => machine.remove());

/** A binary as Electron's own script leaves it. */
function placeBinary(version: string): void {
  writeFileSync(join(folder, 'path.txt'), 'electron');
  writeFileSync(join(folder, 'dist/version'), version);
  writeFileSync(join(folder, 'dist/electron'), '');
  chmodSync(join(folder, 'dist/electron'), 0o755);
}

/** Electron's own script; a proxy in the environment keeps us from asking for a connection first. */
function placeInstaller(program: string): void {
  machine.env.HTTPS_PROXY = 'http://127.0.0.1:1';
  writeFileSync(join(folder, 'install.js'), program);
}

describe('the binary of Electron', () => {
  it('is found where the package has it', () => {
    placeBinary('45.4.1');
    expect(electronBinary(machine)).toBe(join(folder, 'dist/electron'));
  });

  it('is not taken from an older version', () => {
    placeBinary('44.0.0');
    expect(electronBinary(machine)).toBeUndefined();
  });

  it('is not looked for on the network when it is there', async () => {
    placeBinary('45.4.1');
    expect(await ensureElectron(machine)).toEqual({ path: join(folder, 'dist/electron') });
    expect(machine.said).toEqual([]);
  });

  it('is downloaded with its own script', async () => {
    placeInstaller(`
      const fs = require('fs');
      fs.writeFileSync(__dirname + '/path.txt', 'electron');
      fs.writeFileSync(__dirname + '/dist/version', 'v45.4.1');
      fs.writeFileSync(__dirname + '/dist/electron', '');`);
    expect(await ensureElectron(machine)).toEqual({ path: join(folder, 'dist/electron') });
  });
});

describe('a machine that cannot get it', () => {
  it('says that there is no connection', async () => {
    const result = await ensureElectron(machine);
    expect(result).toEqual({
      path: undefined,
      why: expect.stringMatching(/127\.0\.0\.1:1 cannot be reached/),
    });
  });

  it('says what the script says', async () => {
    placeInstaller("console.error('HTTPError: Response code 403 (Forbidden)'); process.exit(1);");
    expect(await ensureElectron(machine)).toMatchObject({ why: expect.stringMatching(/Response code 403/) });
  });

  it('does not try again the same day', async () => {
    placeInstaller('process.exit(1)');
    await ensureElectron(machine, { now: 0 });
    expect(machine.said).toHaveLength(1);
    await ensureElectron(machine, { now: 23 * HOUR });
    expect(machine.said).toHaveLength(1);
  });

  it.each([
    ['the next day', { now: 25 * HOUR }],
    ['when told to', { now: HOUR, again: true }],
  ])('tries again %s', async (_name, options) => {
    placeInstaller('process.exit(1)');
    await ensureElectron(machine, { now: 0 });
    await ensureElectron(machine, options);
    expect(machine.said).toHaveLength(2);
  });

  it('tries again for another version', async () => {
    placeInstaller('process.exit(1)');
    await ensureElectron(machine, { now: 0 });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '46.0.0' }));
    await ensureElectron(machine, { now: HOUR });
    expect(machine.said).toHaveLength(2);
  });
});
