/**
 * Runs the built main bundle with the built preload script in the fake Electron, tries what a page and an attacker may try, and
 * sends the findings to the parent. Arguments: the folder `out`.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { appContract, type AppClient } from '../../../src/shared/contract.ts';
import { SAMPLE_DIGIT } from '../../../src/core/shell/sample-digit.ts';
import { toWireError } from '../../../src/shared/errors.ts';
import { createClient } from '../../../src/shared/rpc/client.ts';
import {
  ELECTRON_CHANNELS,
  electronLink,
  type ElectronBridge,
} from '../../../src/shared/rpc/electron-link.ts';
import { app, Menu, session } from './index.ts';
import { nextWindow, type FakeBrowserWindow } from './browser-window.ts';
import type { FakeIpcRenderer } from './ipc.ts';
import { registeredSchemes } from './session.ts';
import { FakeWebContents } from './web-contents.ts';

const START = 'app://digit-studio/index.html';
const PROBED_PATHS = [
  '/assets',
  '/..%2f..%2fpackage.json',
  '/%2e%2e%2fmain%2findex.js',
  '/..%5cmain%5cindex.js',
  '/x.html',
];

const bridgeOf = (window: FakeBrowserWindow) => window.exposed['digitStudio'] as ElectronBridge;
const problemOf = (action: Promise<unknown>) =>
  action.then(
    () => 'no error',
    (error: unknown) => toWireError(error),
  );

function attempt(action: () => void): string {
  try {
    action();
    return 'no error';
  } catch (error) {
    return (error as Error).message;
  }
}

/** What a frame hears when it makes a call that is not its to make. */
function answerTo(renderer: FakeIpcRenderer): Promise<unknown> {
  const heard = new Promise((resolve) => {
    renderer.on(ELECTRON_CHANNELS.message, (_event, _page, message) => resolve(message));
  });
  renderer.send(ELECTRON_CHANNELS.message, 'any', {
    type: 'call',
    id: 5,
    call: 'listModels',
    input: undefined,
  });
  return heard;
}

async function inspectPages(): Promise<object> {
  const load = (url: string, init?: RequestInit) => session.defaultSession.load(url, init);
  const start = await load(START);
  return {
    headers: Object.fromEntries(start.headers),
    html: await start.text(),
    otherHost: (await load('app://elsewhere/index.html')).status,
    post: (await load(START, { method: 'POST', body: 'x' })).status,
    probed: await Promise.all(
      PROBED_PATHS.map(async (path) => (await load(`app://digit-studio${path}`)).status),
    ),
  };
}

function inspectConfinement({ webContents }: FakeBrowserWindow): object {
  const leave = (name: string, url: string) => webContents.emitCancellable(name, { url });
  return {
    leaves: ['will-navigate', 'will-redirect', 'will-frame-navigate'].map((name) => [
      leave(name, 'https://example.org/'),
      leave(name, 'file:///etc/passwd'),
      leave(name, START),
    ]),
    webview: webContents.emitCancellable('will-attach-webview'),
    opens: webContents.openHandler?.({ url: 'https://example.org/' }),
    grants: ['media', 'geolocation', 'notifications', 'clipboard-read'].map((p) =>
      session.defaultSession.grants(p),
    ),
    lets: ['https://example.org/', 'http://127.0.0.1/', 'wss://example.org/', 'file:///etc/passwd'].map(
      (url) => session.defaultSession.lets(url),
    ),
  };
}

async function inspectCalls(window: FakeBrowserWindow, client: AppClient): Promise<object> {
  const { strokes } = SAMPLE_DIGIT;
  const ink = { strokes: strokes.map((stroke) => stroke.map(([x, y]): [number, number] => [x, y])) };
  return {
    recognition: await client.recognizeInk({ ink }),
    models: (await client.listModels()).map(({ name }) => name),
    notFound: await problemOf(client.getModel({ name: 'no such model' })),
    badArgument: await problemOf(client.getModel({ name: 5 } as unknown as { name: string })),
    childFrame: await answerTo(window.webContents.childFrame(START)),
    otherWindow: await answerTo(new FakeWebContents(START).renderer),
  };
}

await import(pathToFileURL(join(process.argv[2]!, 'main/index.js')).href);
const window = await nextWindow();
const bridge = bridgeOf(window);
app.emit('second-instance');
const findings = {
  isSandboxEnabled: app.isSandboxEnabled,
  userData: app.paths['userData'],
  schemes: registeredSchemes,
  webPreferences: window.options.webPreferences,
  isShown: window.isShown,
  focusCount: window.focusCount,
  menu: Menu.current.map(({ label }) => label),
  required: [...new Set(window.required)],
  exposed: Object.entries(window.exposed).map(([name, value]) => [name, typeof value]),
  bridge: Object.entries(bridge).map(([name, value]) => [name, typeof value]),
  refusedNames: ['noSuchCall', '__proto__', 'constructor'].map((name) =>
    attempt(() => bridge.call(1, name, undefined)),
  ),
  pages: await inspectPages(),
  confinement: inspectConfinement(window),
  calls: await inspectCalls(window, createClient(appContract, electronLink(bridge))),
};
process.send!(findings, () => app.quit());
