/** The built main bundle and the built preload script against each other, with the real engine, in a fake Electron. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const OUT = join(import.meta.dirname, '../../out');
const FAKE = join(import.meta.dirname, '../support/fake-electron');

interface Findings {
  [name: string]: unknown;
  webPreferences: Record<string, unknown>;
  pages: { headers: Record<string, string>; html: string; otherHost: number; post: number; probed: number[] };
  confinement: Record<string, unknown>;
  calls: Record<string, unknown>;
}

let home: string;
let findings: Findings;
let stdout = '';
let exitCode: unknown;

beforeAll(async () => {
  if (!existsSync(join(OUT, 'main/index.js'))) throw new Error('out/ is missing: run `npm run build` first');
  home = mkdtempSync(join(tmpdir(), 'digit-studio-main-'));
  const child = fork(join(FAKE, 'run-main.ts'), [OUT], {
    execArgv: ['--import', join(FAKE, 'register.ts')],
    env: { ...process.env, DIGIT_STUDIO_HOME: home },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  child.stdout!.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  const exited = once(child, 'exit');
  child.on('message', (message) => (findings = message as Findings));
  [exitCode] = await exited;
}, 60_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('the window', () => {
  test('is sandboxed, isolated and without Node', () => {
    expect(findings.isSandboxEnabled).toBe(true);
    expect(findings.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    expect(findings.webPreferences).not.toHaveProperty('allowRunningInsecureContent');
  });

  test('is shown once there is something to see, and comes forward at a second start', () => {
    expect(findings).toMatchObject({ isShown: true, focusCount: 1 });
    expect(findings.menu).toStrictEqual(['&File', '&Edit', '&View', '&Window', '&Help']);
    expect(findings.userData).toBe(join(home, 'window'));
  });
});

describe('the preload script', () => {
  test('needs nothing but electron, and exposes three plain functions', () => {
    expect(findings.required).toStrictEqual(['electron']);
    expect(findings.exposed).toStrictEqual([['digitStudio', 'object']]);
    expect(findings.bridge).toStrictEqual([
      ['call', 'function'],
      ['cancel', 'function'],
      ['onMessage', 'function'],
    ]);
  });

  test('refuses names that are not in the contract', () => {
    expect(findings.refusedNames).toStrictEqual([
      'there is no call noSuchCall',
      'there is no call __proto__',
      'there is no call constructor',
    ]);
  });
});

describe('the scheme', () => {
  test('is standard and secure, and serves the page under a strict policy', () => {
    expect(findings.schemes).toStrictEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect(findings.pages.html).toContain('<div id="app">');
    const policy = findings.pages.headers['content-security-policy'];
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).not.toMatch(/unsafe-|\*|https?:/);
  });

  test('serves nothing outside of the folder, no other host, no other method', () => {
    expect(findings.pages.probed).toStrictEqual([404, 404, 404, 404, 404]);
    expect(findings.pages).toMatchObject({ otherHost: 404, post: 405 });
  });
});

test('a page can neither leave, nor open windows, nor get permissions, nor reach the network', () => {
  expect(findings.confinement).toStrictEqual({
    leaves: [
      [true, true, false],
      [true, true, false],
      [true, true, false],
    ],
    webview: true,
    opens: { action: 'deny' },
    grants: [false, false, false, false],
    lets: [false, false, false, false],
  });
});

describe('calls', () => {
  test('a drawn 7 is read as 7, through preload, IPC, core and engine', () => {
    expect(findings.calls.recognition).toMatchObject({ text: '7', model: 'default' });
    expect(findings.calls.models).toContain('default');
  });

  test('errors arrive with code and text', () => {
    expect(findings.calls.notFound).toMatchObject({ code: 'not-found', key: 'modelNotFound' });
    expect(findings.calls.badArgument).toMatchObject({ code: 'bad-input', key: 'badArgument' });
  });

  test('another frame or window is refused with an error', () => {
    const refusal = { type: 'error', id: 5, error: { code: 'refused', key: 'senderRefused' } };
    expect(findings.calls.childFrame).toMatchObject(refusal);
    expect(findings.calls.otherWindow).toMatchObject(refusal);
  });
});

test('the starter is told what happens, and the app ends cleanly', () => {
  const events = stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as { event: string; text?: string });
  expect(events).toContainEqual({ event: 'windowOpened' });
  expect(events.find(({ event }) => event === 'recognizedSample')).toMatchObject({ text: '7' });
  expect(exitCode).toBe(0);
});
