/** The built app in its web shell, and a browser on it, as `npm start` would open them. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { readEvents } from '../../scripts/lib/app-events.mjs';
import { findBrowser, isRootOnLinux } from '../../scripts/lib/browser.mjs';
import { fail } from '../../src/shared/errors.ts';

const WEB_SHELL = join(import.meta.dirname, '../../out/main/web.js');
const FIRST_PAINT = 'first-contentful-paint';
const BROWSER_FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  ...(isRootOnLinux() ? ['--no-sandbox'] : []),
];

/** Milliseconds from the start of the server's process. */
export interface StartTimes {
  listening: number;
  /** The engine had read the built-in sample digit. */
  recognizedSample: number;
  /** The browser, started when the server listened, showed the page's first content. */
  firstPaint: number;
}

export interface OpenApp {
  page: Page;
  times: StartTimes;
  close(): Promise<void>;
}

/** Starts the server with its data in `home` and opens its page, with `script` run in it before anything else. */
export async function openApp(home: string, script?: () => void): Promise<OpenApp> {
  if (!existsSync(WEB_SHELL)) fail('fileNotFound', { file: 'out/main/web.js: run npm run build first' });
  const server = startServer(home);
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await server.end();
  };
  try {
    const { url, at: listening } = await server.event('listening');
    browser = await chromium.launch({ executablePath: findBrowser(process), args: BROWSER_FLAGS });
    const page = await browser.newPage({ locale: 'en-US' });
    if (script) await page.addInitScript(script);
    await page.goto(String(url));
    const firstPaint = (await firstPaintTime(page)) - server.startedAt;
    const { at: recognizedSample } = await server.event('recognizedSample');
    return { page, times: { listening, recognizedSample, firstPaint }, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface ServerEvent {
  event: string;
  /** Milliseconds from the start. */
  at: number;
  [field: string]: unknown;
}

function startServer(home: string) {
  const startedAt = Date.now();
  const child = spawn(process.execPath, [WEB_SHELL, '--home', home], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events: ServerEvent[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = () => waiting.forEach((look) => look());
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => {
      ended = true;
      wake();
      resolve();
    });
  });
  readEvents(child.stdout, (event) => {
    events.push({ ...event, at: Date.now() - startedAt });
    wake();
  });

  const event = (name: string): Promise<ServerEvent> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const found = events.find((entry) => entry.event === name);
        const failed = events.find((entry) => entry.event === 'failed');
        if (!found && !failed && !ended) return;
        waiting.delete(look);
        if (found) resolve(found);
        else reject(new Error(String(failed?.message ?? `The web shell ended without "${name}".`)));
      };
      waiting.add(look);
      look();
    });
  return {
    startedAt,
    event,
    end: async () => {
      child.kill('SIGTERM');
      await closed;
    },
  };
}

/** When the page's first content was shown, in milliseconds since 1970. */
async function firstPaintTime(page: Page): Promise<number> {
  const handle = await page.waitForFunction((name) => {
    const [entry] = performance.getEntriesByName(name);
    return entry && performance.timeOrigin + entry.startTime;
  }, FIRST_PAINT);
  return (await handle.jsonValue())!;
}
