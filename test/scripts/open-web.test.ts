import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWeb } from '../../scripts/lib/open-web.mjs';
import { fakeMachine, type FakeMachine } from './fake-machine.ts';

/** A server that writes down its arguments and how it ended. */
const SERVER = `
  const fs = require('node:fs');
  const note = (text) => fs.appendFileSync('notes.txt', text + '\\n');
  note(process.argv.slice(2).join(' '));
  process.on('SIGTERM', () => { note('asked to end'); process.exit(0); });
  console.log(JSON.stringify({ event: 'listening', url: 'http://127.0.0.1:5/?token=1' }));
  console.log(JSON.stringify({ event: 'recognizedSample', text: '7', milliseconds: 5 }));
  setInterval(() => {}, 1000);
  if (process.argv.includes('--port')) setImmediate(() => process.exit(3));
`;
let machine: FakeMachine;
let printed: string[];

beforeEach(() => {
  machine = fakeMachine({ node: process.execPath });
  mkdirSync(join(machine.root, 'out/main'), { recursive: true });
  const inRoot = `process.chdir(${JSON.stringify(machine.root)});`;
  writeFileSync(join(machine.root, 'out/main/web.js'), inRoot + SERVER);
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => {
  vi.restoreAllMocks();
  machine.remove();
});

const notes = () => readFileSync(join(machine.root, 'notes.txt'), 'utf8').trim().split('\n');
const browser = () => join(machine.env.PATH ?? '', 'chromium');

describe.skipIf(process.platform === 'win32')('the web shell', () => {
  it('opens the address in a window, and closing the window ends the server', async () => {
    machine.addProgram('chromium', `echo "$@" > ${machine.root}/window.txt`);
    expect(await openWeb(machine, { browser: browser() })).toBe(0);
    const opened = readFileSync(join(machine.root, 'window.txt'), 'utf8');
    expect(opened).toMatch(/--app=http:\/\/127\.0\.0\.1:5\/\?token=1 --user-data-dir=.*window-1/);
    expect(notes()).toEqual(['--exit-with-page', 'asked to end']);
  });

  it('prints the address without a browser, and ends with the server', async () => {
    expect(await openWeb(machine, { args: ['--port', '5'] })).toBe(3);
    expect(notes()).toEqual(['--port 5']);
    expect(printed).toEqual([
      'Open http://127.0.0.1:5/?token=1 in a browser on this machine. Ctrl+C ends it.',
      'It read the built-in sample digit as "7" in 5.0 ms.',
    ]);
  });

  it('keeps serving when the browser does not start', async () => {
    const ended = openWeb(machine, { browser: '/no/such/browser' });
    await vi.waitFor(() => expect(printed.join('\n')).toMatch(/did not start. Open http/));
    process.emit('SIGTERM');
    expect(await ended).toBe(0);
    expect(notes()).toEqual(['--exit-with-page', 'asked to end']);
  });

  it('keeps serving when the browser fails', async () => {
    machine.addProgram('chromium', 'exit 1');
    const ended = openWeb(machine, { browser: browser() });
    await vi.waitFor(() => expect(printed.join('\n')).toMatch(/ended with an error/));
    process.emit('SIGTERM');
    expect(await ended).toBe(0);
  });
});
