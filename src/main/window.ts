/** The window of the app. */
import { app, BrowserWindow, nativeTheme } from 'electron';
import { APP_START_URL } from './app-url.ts';

/** The page's own backgrounds, so that nothing flashes before it is drawn. */
const BACKGROUND = { light: '#f7f7f8', dark: '#17181b' } as const;

/** Opens the window on the start page; it is shown once there is something to see. */
export function openWindow(preload: string): BrowserWindow {
  const window = new BrowserWindow({
    title: app.name,
    width: 1280,
    height: 860,
    minWidth: 800,
    minHeight: 600,
    show: false,
    backgroundColor: BACKGROUND[nativeTheme.shouldUseDarkColors ? 'dark' : 'light'],
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      // Chromium would download dictionaries for it.
      spellcheck: false,
      devTools: !app.isPackaged,
    },
  });
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Loads the start page. Apart from `openWindow`, so that whoever listens to the page is there before it. */
export function showStartPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(APP_START_URL);
}

/** Brings the window to the person's eyes: what a second start of the app does. */
export function reveal(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.focus();
}
