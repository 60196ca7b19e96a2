/** The Electron shell's entry: what happens before Electron is ready, and in which order. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { defaultHome, prepareHome } from '../core/home.ts';
import { registerAppScheme } from './protocol.ts';
import { confine } from './security.ts';
import { giveUp, start } from './start.ts';
import { reveal } from './window.ts';

const out = join(import.meta.dirname, '..');
const home = defaultHome();
const places = {
  home,
  engine: join(out, 'main/engine.js'),
  preload: join(out, 'preload/index.cjs'),
  pages: join(out, 'renderer'),
  resources: join(out, '../resources'),
};

app.enableSandbox();
registerAppScheme();
app.on('web-contents-created', (_event, contents) => confine(contents));
app.on('window-all-closed', () => app.quit());
try {
  keepChromiumFilesIn(join(home, 'window'));
  // Not awaited at the top level: Electron only becomes ready after this module has been evaluated.
  if (app.requestSingleInstanceLock()) void app.whenReady().then(open).catch(giveUp);
  else app.quit();
} catch (error) {
  giveUp(error);
}

/** Chromium's own files stay with the person's data; so another data home is another instance of the app. */
function keepChromiumFilesIn(folder: string): void {
  prepareHome(home);
  mkdirSync(folder, { recursive: true });
  app.setPath('userData', folder);
}

async function open(): Promise<void> {
  const window = await start(places);
  app.on('second-instance', () => reveal(window));
}
