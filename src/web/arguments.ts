/** The command line of the web shell. */
import { parseArgs } from 'node:util';
import { appError, fail } from '../shared/errors.ts';

export const WEB_USAGE =
  'web.js [--port N] [--home DIR] [--exit-with-page]\n' +
  '  --port            the port to serve on; without it any free one\n' +
  '  --home            the data folder; without it $DIGIT_STUDIO_HOME or the one of the desktop app\n' +
  '  --exit-with-page  end when the last page has been closed';

export interface WebArguments {
  port: number;
  home: string | undefined;
  exitWithPage: boolean;
}

/** Reads the arguments; throws `badUsage` that names the one at fault. */
export function readWebArguments(args: string[]): WebArguments {
  const values = parse(args);
  const port = values.port ?? '0';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    fail('badUsage', { problem: `--port must be 0 to 65535, not "${port}"` });
  return { port: Number(port), home: values.home, exitWithPage: values['exit-with-page'] };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string' },
        home: { type: 'string' },
        'exit-with-page': { type: 'boolean', default: false },
        // Opening a browser is the starter's business; understood, so that `serve`'s arguments can be passed on.
        'no-open': { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw appError('badUsage', { problem }, { cause: error });
  }
}
