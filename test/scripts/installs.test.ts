import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isRootOnLinux } from '../../scripts/lib/browser.mjs';
import { ensureChromium } from '../../scripts/lib/chromium.mjs';
import { installPackages, packagesAreReady } from '../../scripts/lib/packages.mjs';
import { ensurePeers } from '../../scripts/lib/peers.mjs';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

const onUnix = describe.skipIf(process.platform === 'win32');
let machine: FakeMachine;
beforeEach(() => {
  machine = fakeMachine();
  writeFileSync(join(machine.root, 'package-lock.json'), '{"packages":{}}');
});
afterEach(() => machine.remove());

onUnix('installing packages', () => {
  it('installs without install scripts, then places Node 24', async () => {
    machine.addProgram(
      'npm',
      `echo "$@" >> calls.txt
       if [ $1 = rebuild ]; then /bin/mkdir -p node_modules/node/bin; echo > node_modules/node/bin/node; fi`,
    );
    await installPackages(machine);
    const calls = readFileSync(join(machine.root, 'calls.txt'), 'utf8').trim().split('\n');
    expect(calls).toEqual([
      expect.stringMatching(/^ci --ignore-scripts/),
      expect.stringMatching(/^rebuild node --no-ignore-scripts/),
    ]);
    expect(packagesAreReady(machine)).toBe(true);
  });

  it.each([
    ['without npm', undefined, /npm was not found/],
    ['offline', 'echo "npm error code ENOTFOUND" >&2; exit 1', /registry cannot be reached/],
    ['on a full disk', 'echo "npm error code ENOSPC" >&2; exit 1', /disk is full/],
    ['with a broken lock', 'echo "npm error code EUSAGE" >&2; exit 1', /npm ci failed:\n {2}code EUSAGE/],
    ['when Node 24 is not placed', 'exit 0', /npm did not place Node 24/],
  ])('explains itself %s', async (_name, npm, message) => {
    if (npm) machine.addProgram('npm', npm);
    await expect(installPackages(machine)).rejects.toThrow(message);
    expect(packagesAreReady(machine)).toBe(false);
  });
});

onUnix('the peers', () => {
  const peers = () => ensurePeers(machine);
  const folder = () => join(machine.root, '.cache/peers');
  /** A python3 whose `-m venv FOLDER` places a python that does `pip`. */
  const addPython = (pip: string) =>
    machine.addProgram(
      'python3',
      `/bin/mkdir -p "$3/bin"
       printf '%s\\n' '#!/bin/sh' 'echo x >> '"$3"'/../installs.txt' '${pip}' > "$3/bin/python"
       /bin/chmod +x "$3/bin/python"`,
    );

  it('are installed once', async () => {
    addPython('exit 0');
    const python = join(folder(), 'bin/python');
    expect(await peers()).toEqual({ python });
    expect(await peers()).toEqual({ python });
    expect(readFileSync(join(folder(), '../installs.txt'), 'utf8')).toBe('x\n');
  });

  it('are done without where there is no Python', async () => {
    expect(await peers()).toEqual({ python: undefined, why: 'no python3 was found' });
  });

  it('leave nothing half-installed behind', async () => {
    addPython('echo "No space left on device" >&2; exit 1');
    expect(await peers()).toMatchObject({ why: expect.stringMatching(/No space left on device/) });
    expect(existsSync(folder())).toBe(false);
  });
});

onUnix('a browser for the tests', () => {
  beforeEach(() => {
    mkdirSync(join(machine.root, 'node_modules/node/bin'), { recursive: true });
    // Playwright, which has no browser and cannot download one.
    machine.node = join(machine.env.PATH ?? '', 'node');
    machine.addProgram('node', 'echo "$@" >> calls.txt; exit 1');
  });

  it('is the one that is installed', async () => {
    machine.addProgram('chromium', '');
    await ensureChromium(machine);
    expect(existsSync(join(machine.root, 'calls.txt'))).toBe(false);
  });

  it('or is asked for, with a hint how to get one', async () => {
    await expect(ensureChromium(machine)).rejects.toThrow(/none is installed, and none could be downloaded/);
    expect(readFileSync(join(machine.root, 'calls.txt'), 'utf8')).toMatch(/install chromium/);
  });

  it.runIf(isRootOnLinux())("or comes from the system's packages", async () => {
    const bin = machine.env.PATH;
    machine.addProgram(
      'apt-get',
      `if [ $1 = update ]; then echo > ${bin}/updated; exit 0; fi
       [ -e ${bin}/updated ] || exit 100
       echo '#!/bin/sh' > ${bin}/chromium; /bin/chmod +x ${bin}/chromium`,
    );
    await ensureChromium(machine);
    expect(existsSync(join(bin ?? '', 'chromium'))).toBe(true);
  });
});
