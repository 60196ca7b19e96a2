/** serve: the app in a browser on this machine. */
import { fail } from '../../shared/errors.ts';
import { startWebShell } from '../../web/shell.ts';
import { defineCommand, type Command } from '../command.ts';
import { openBrowser } from '../open-browser.ts';

const LARGEST_PORT = 65_535;

/** Declares `serve` for the built page in the folder `pages`. */
export function createServe(pages: string): Command {
  return defineCommand({
    name: 'serve',
    summary: 'Serves the app to a browser on this machine until Ctrl+C',
    positionals: [],
    options: {
      port: { kind: 'whole', value: 'N', help: 'The port to serve on; else any free one' },
      'no-open': { kind: 'flag', help: 'Only print the address' },
    },
    async run({ app, terminal, onInterrupt }, { options: { port = 0, 'no-open': noOpen } }) {
      if (port < 0 || port > LARGEST_PORT)
        fail('badSetting', { setting: '--port', problem: `0 ... ${LARGEST_PORT}`, received: port });
      const shell = await startWebShell({
        app: await app(),
        pages,
        port,
        onNextUrl: (url) => terminal.note(`For another browser: ${url}`),
      });
      terminal.result({ url: shell.url, port: shell.port }, `Digit Studio is at ${shell.url}`);
      if (!noOpen && !terminal.isJson)
        openBrowser(shell.url, () => terminal.note('Open the address in a browser.'));
      await new Promise<void>((resolve) => {
        const stopListening = onInterrupt(() => {
          stopListening();
          resolve();
        });
      });
      await shell.close();
      return 0;
    },
  });
}
