/** A fake `electron` module: what src/main and src/preload import, behaving as Electron does as far as they rely on it. */
export { app } from './app.ts';
export { FakeBrowserWindow as BrowserWindow } from './browser-window.ts';
export { ipcMain } from './ipc.ts';
export { protocol, session } from './session.ts';
export { utilityProcess } from './utility-process.ts';

export const nativeTheme = { shouldUseDarkColors: false };

export const dialog = {
  showErrorBox: (title: string, text: string): void => console.error(`${title}: ${text}`),
};

export interface FakeMenuItem {
  label?: string;
  role?: string;
  submenu?: FakeMenuItem[];
}

/** The menu that is shown, as its template. */
export const Menu = {
  current: [] as FakeMenuItem[],
  buildFromTemplate: (template: FakeMenuItem[]): FakeMenuItem[] => template,
  setApplicationMenu(menu: FakeMenuItem[]): void {
    Menu.current = menu;
  },
};
