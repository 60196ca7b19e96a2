/** From Electron being ready to the window being open. */
import { app, dialog, session, type BrowserWindow } from 'electron';
import { createApp } from '../core/app.ts';
import { announce } from '../core/shell/announce.ts';
import { readSampleDigit } from '../core/shell/sample-digit.ts';
import { appContract } from '../shared/contract.ts';
import { settingsSchema } from '../shared/domain/app.ts';
import { errorMessage, toAppError } from '../shared/errors.ts';
import { resolveLanguage } from '../shared/i18n/language.ts';
import { serve } from '../shared/rpc/server.ts';
import { createUtilityEngine } from './engine-process.ts';
import { linkPages } from './ipc.ts';
import { setUpMenu } from './menu.ts';
import { servePages } from './protocol.ts';
import { lockSession } from './security.ts';
import { openWindow, showStartPage } from './window.ts';

/** Where the built parts of the app are, and where a person's data is. */
export interface Places {
  home: string;
  engine: string;
  preload: string;
  pages: string;
  resources: string;
}

/** Starts the app and opens its window; the app is closed when Electron quits. */
export async function start(places: Places): Promise<BrowserWindow> {
  lockSession(session.defaultSession);
  servePages(session.defaultSession, places.pages);
  const core = await createApp({
    home: places.home,
    spawnEngine: createUtilityEngine(places.engine),
    appVersion: app.getVersion(),
    electron: process.versions.electron ?? null,
    resources: places.resources,
  });
  const ending = new AbortController();
  app.once('will-quit', (event) => {
    event.preventDefault();
    ending.abort();
    void core.close().finally(() => app.exit());
  });
  const settings = await core.service.getSettings(undefined, { signal: ending.signal });
  setUpMenu(settingsSchema.parse(settings), core.events);
  const window = openWindow(places.preload);
  linkPages(window.webContents, (link) => {
    serve(appContract, core.service, link);
    core.events.attach(link);
  });
  await showStartPage(window);
  announce({ event: 'windowOpened' });
  void readSampleDigit(core.service, ending.signal).then((event) => ending.signal.aborted || announce(event));
  return window;
}

/** Says why the app could not start, to the person and to the starter, and ends it. */
export function giveUp(error: unknown): void {
  const problem = toAppError(error);
  announce({ event: 'failed', message: errorMessage(problem, 'en') });
  const language = resolveLanguage('system', app.getPreferredSystemLanguages());
  dialog.showErrorBox(app.name, errorMessage(problem, language));
  app.exit(1);
}
