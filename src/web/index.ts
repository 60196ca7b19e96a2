/** The web shell's entry: the app for machines without Electron, in a browser on the same machine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { announce } from '../core/shell/announce.ts';
import { errorMessage, toAppError } from '../shared/errors.ts';
import { WEB_USAGE } from './arguments.ts';
import { runWebShell } from './run.ts';

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const places = {
  engine: join(import.meta.dirname, 'engine.js'),
  pages: join(root, 'out/renderer'),
  resources: join(root, 'resources'),
  version,
};

const ending = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => ending.abort());

try {
  await runWebShell(process.argv.slice(2), places, ending);
} catch (error) {
  const problem = toAppError(error);
  const message = errorMessage(problem, 'en');
  announce({ event: 'failed', message });
  console.error(problem.key === 'badUsage' ? `${message}\n${WEB_USAGE}` : message);
  process.exitCode = problem.code === 'bad-input' ? 2 : 1;
}
