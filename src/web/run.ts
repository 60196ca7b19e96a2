/** One run of the web shell as a program: from its arguments to its end. */
import { createApp } from '../core/app.ts';
import { forkEngine } from '../core/engine-process.ts';
import { defaultHome } from '../core/home.ts';
import { announce } from '../core/shell/announce.ts';
import { readSampleDigit } from '../core/shell/sample-digit.ts';
import { readWebArguments } from './arguments.ts';
import { createPageWatch } from './page-watch.ts';
import { startWebShell } from './shell.ts';

/** Where the built parts of the app are. */
export interface Places {
  engine: string;
  pages: string;
  resources: string;
  version: string;
}

/** Serves until `ending` aborts, or with --exit-with-page until the last page has gone; then everything is closed. */
export async function runWebShell(args: string[], places: Places, ending: AbortController): Promise<void> {
  const { port, home, exitWithPage } = readWebArguments(args);
  const app = await createApp({
    home: home ?? defaultHome(),
    spawnEngine: forkEngine(places.engine),
    appVersion: places.version,
    electron: null,
    resources: places.resources,
  });
  try {
    const shell = await startWebShell({
      app,
      pages: places.pages,
      port,
      onPages: exitWithPage ? createPageWatch({ onAbandoned: () => ending.abort() }) : undefined,
      onNextUrl: (url) => announce({ event: 'nextAddress', url }),
    });
    announce({ event: 'listening', url: shell.url });
    void readSampleDigit(app.service, ending.signal).then(
      (event) => ending.signal.aborted || announce(event),
    );
    await aborted(ending.signal);
    await shell.close();
  } finally {
    await app.close();
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
