/** The built web shell as a program, with the real core and engine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { appContract } from '../../src/shared/contract.ts';
import { SAMPLE_DIGIT } from '../../src/core/shell/sample-digit.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import { webSocketLink } from '../../src/shared/rpc/web-socket.ts';

const SCRIPT = join(import.meta.dirname, '../../out/main/web.js');

interface Event {
  [name: string]: unknown;
  event: string;
}

let folder: string;
const children: ChildProcess[] = [];

beforeAll(() => {
  if (!existsSync(SCRIPT)) throw new Error('out/ is missing: run `npm run build` first');
  folder = mkdtempSync(join(tmpdir(), 'digit-studio-built-web-'));
});
afterAll(() => {
  for (const child of children)
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

function run(...args: string[]) {
  const child = spawn(process.execPath, [SCRIPT, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

describe('a run from start to end', () => {
  test('announces itself, reads digits, and ends cleanly with its engine', async () => {
    const child = run('--home', join(folder, 'home'));
    const exited = once(child, 'exit');
    const events: Event[] = [];
    let client: ReturnType<typeof connect> | undefined;
    for await (const line of createInterface({ input: child.stdout })) {
      events.push(JSON.parse(line) as Event);
      if (events.at(-1)?.event === 'listening') client = connect(String(events.at(-1)!['url']));
      if (events.at(-1)?.event === 'recognizedSample') break;
    }
    expect(events.map(({ event }) => event)).toStrictEqual(['listening', 'nextAddress', 'recognizedSample']);
    expect(events[2]).toMatchObject({ text: '7', milliseconds: expect.any(Number) as number });

    const { strokes } = SAMPLE_DIGIT;
    const ink = { strokes: strokes.map((stroke) => stroke.map(([x, y]): [number, number] => [x, y])) };
    expect((await (await client!).recognizeInk({ ink })).text).toBe('7');
    child.kill('SIGTERM');
    expect(await exited).toStrictEqual([0, null]);
  });

  async function connect(url: string) {
    const response = await fetch(url, { redirect: 'manual' });
    const cookie = response.headers.get('set-cookie')!.split(';')[0]!;
    const { host, origin } = new URL(url);
    const socket = new WebSocket(`ws://${host}/rpc`, { headers: { cookie, origin } });
    return createClient(appContract, webSocketLink(socket));
  }
});

describe('a start that fails', () => {
  const file = () => join(folder, 'a-file');
  test.each([
    ['a port that is none', () => ['--port', '99999'], 2, /--port must be 0 to 65535, not "99999"/],
    ['an unknown option', () => ['--wrong'], 2, /--wrong/],
    ['a home that is a file', () => ['--home', file()], undefined, /a-file/],
  ])('%s: one clear line, no stack', async (_what, args, code, problem) => {
    writeFileSync(file(), '');
    const child = run(...args());
    const [stdout, stderr, [exitCode]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, 'exit') as Promise<[number]>,
    ]);
    expect(stderr).toMatch(problem);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(JSON.parse(stdout)).toMatchObject({
      event: 'failed',
      message: expect.stringMatching(problem) as string,
    });
    if (code !== undefined) expect(exitCode).toBe(code);
    expect(exitCode).not.toBe(0);
  });
});
