/** Imported first in a fake utility process: gives it Electron's `process.parentPort`. */
const parentPort = {
  postMessage: (message: unknown) => process.send?.(message),
  on: (_event: 'message', listener: (event: { data: unknown }) => void) =>
    process.on('message', (data) => listener({ data })),
};
// Electron ends a utility process with its parent.
process.on('disconnect', () => process.exit(0));
Object.assign(process, { parentPort });
