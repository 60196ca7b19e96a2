import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserCandidates, findBrowser, windowArguments } from '../../scripts/lib/browser.mjs';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

let machine: FakeMachine;
beforeEach(() => void (machine = fakeMachine()));
afterEach(() => machine.remove());

describe.skipIf(process.platform === 'win32')('the browser', () => {
  it('is the first of those on the PATH', () => {
    machine.addProgram('microsoft-edge', '');
    machine.addProgram('chromium', '');
    expect(findBrowser(machine)).toBe(join(machine.env.PATH ?? '', 'chromium'));
  });

  it('is none where none is installed', () => expect(findBrowser(machine)).toBeUndefined());

  it('is the one that is named, and no other', () => {
    machine.addProgram('chromium', '');
    machine.env.DIGIT_STUDIO_BROWSER = '/not/there';
    expect(findBrowser(machine)).toBeUndefined();
  });
});

describe('where browsers are looked for', () => {
  it('on Windows: in the folders of programs', () => {
    const candidates = browserCandidates({ platform: 'win32', env: { PROGRAMFILES: 'C:/Program Files' } });
    expect(candidates).toContain(join('C:/Program Files', 'Microsoft/Edge/Application/msedge.exe'));
  });

  it('on macOS: among the applications', () => {
    const candidates = browserCandidates({ platform: 'darwin', env: {} });
    expect(candidates[0]).toBe('/Applications/Google Chrome.app/Contents/MacOS/Google Chrome');
  });
});

describe('the window', () => {
  const window = { url: 'http://127.0.0.1:5/?t=1', profile: '/p' };

  it('shows the address as an app with a profile of its own', () => {
    const args = windowArguments({ ...window, asRoot: false });
    expect(args.slice(0, 2)).toEqual(['--app=http://127.0.0.1:5/?t=1', '--user-data-dir=/p']);
  });

  it('gives up the sandbox for root only', () => {
    expect(windowArguments({ ...window, asRoot: false })).not.toContain('--no-sandbox');
    expect(windowArguments({ ...window, asRoot: true })).toContain('--no-sandbox');
  });
});
