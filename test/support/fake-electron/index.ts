/** A fake `electron` module: what src/main and src/preload import, behaving as Electron does as far as they rely on it. */
export { ipcMain } from './ipc.ts';
