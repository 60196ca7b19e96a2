import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { appContract, type AppService } from '../../src/shared/contract.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import { createEmitter } from '../../src/shared/rpc/emitter.ts';
import { webSocketLink } from '../../src/shared/rpc/web-socket.ts';
import { startWebShell, type WebShell } from '../../src/web/shell.ts';

const APP_INFO = {
  name: 'Digit Studio',
  version: '1',
  node: '24',
  electron: null,
  platform: 'x',
  home: '/h',
};
const events = createEmitter(appContract);
const service = { getAppInfo: () => APP_INFO } as unknown as AppService;

let folder: string;
let shell: WebShell;
let cookie: string;
const pageCounts: number[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'digit-studio-web-'));
  const pages = join(folder, 'pages');
  mkdirSync(join(pages, 'assets'), { recursive: true });
  writeFileSync(join(pages, 'index.html'), '<p>page</p>');
  writeFileSync(join(pages, 'assets/a.js'), 'export {};');
  writeFileSync(join(pages, 'notes.secret'), 'not a page file');
  writeFileSync(join(folder, 'outside.html'), 'outside');
  mkdirSync(join(folder, 'pages-too'));
  writeFileSync(join(folder, 'pages-too/index.html'), 'outside too');
  shell = await startWebShell({
    app: { service, events },
    pages,
    port: 0,
    onPages: (n) => pageCounts.push(n),
  });
  cookie = (await get('/' + new URL(shell.url).search)).headers['set-cookie']![0]!.split(';')[0]!;
});
afterAll(async () => {
  await shell.close();
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]> & { 'set-cookie'?: string[] };
  body: string;
}

/** A request with exactly these headers; `fetch` would not let Host or a path with dots through. */
async function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const sent = request({ host: '127.0.0.1', port: shell.port, path, method, headers });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  let body = '';
  for await (const chunk of response) body += chunk;
  return { status: response.statusCode!, headers: response.headers, body };
}

const withCookie = (path: string, headers: Record<string, string> = {}, method?: string) =>
  get(path, { cookie, ...headers }, method);

describe('getting in', () => {
  test('the token is exchanged for a cookie that scripts and other sites cannot use, and leaves the address bar', async () => {
    const { status, headers } = await get('/' + new URL(shell.url).search);
    expect(status).toBe(303);
    expect(headers.location).toBe('/');
    expect(headers['set-cookie']).toStrictEqual([
      expect.stringMatching(/^digit-studio-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/),
    ]);
  });

  test('with the cookie the page and its files are served, again and again', async () => {
    expect(await withCookie('/')).toMatchObject({ status: 200, body: '<p>page</p>' });
    expect(await withCookie('/?theme=dark')).toMatchObject({ status: 200 });
    const script = await withCookie('/assets/a.js');
    expect(script).toMatchObject({ status: 200, body: 'export {};' });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  test.each([
    ['without anything', '/', {}],
    ['with a made-up token', '/?token=abc', {}],
    ['with an empty token', '/?token=', {}],
    ['with a made-up cookie', '/', { cookie: 'digit-studio-1=abc' }],
    ['for a file', '/assets/a.js', {}],
    ['for a file with the token of another path', '/assets/a.js?token=abc', {}],
  ])('nobody gets in %s', async (_how, path, headers) => {
    const answer = await get(path, headers);
    expect(answer.status).toBe(401);
    expect(answer.body).not.toContain('page</p>');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  test('a cookie of the right name with a made-up value does not get in', async () => {
    const name = cookie.split('=')[0]!;
    expect((await get('/', { cookie: `${name}=${'A'.repeat(43)}` })).status).toBe(401);
    expect((await get('/', { cookie: `${name}=` })).status).toBe(401);
  });

  test('a token works once; afterwards the shell has another', async () => {
    const spent = new URL(shell.url);
    expect((await get('/' + spent.search)).status).toBe(303);
    expect((await get('/' + spent.search)).status).toBe(401);
    expect(shell.url).not.toBe(spent.href);
    expect((await get('/' + new URL(shell.url).search)).status).toBe(303);
  });

  test('who is already in may open a used address again', async () => {
    const spent = new URL(shell.url);
    await get('/' + spent.search);
    const again = await withCookie('/' + spent.search);
    expect(again.status).toBe(303);
    expect(again.headers['set-cookie']).toBeUndefined();
  });
});

describe('requests that are not ours', () => {
  test.each(['evil.example', 'evil.example:80', '127.0.0.1', '127.0.0.1:1', 'localhost.evil.example'])(
    'host "%s" is refused, cookie or not (DNS rebinding)',
    async (host) => {
      expect(await withCookie('/', { host })).toMatchObject({ status: 403 });
    },
  );

  test('localhost is ours too', async () => {
    expect((await withCookie('/', { host: `localhost:${shell.port}` })).status).toBe(200);
  });

  test.each(['http://evil.example', 'null', 'http://127.0.0.1', 'https://127.0.0.1'])(
    'origin %s is refused',
    async (origin) => {
      expect((await withCookie('/', { origin })).status).toBe(403);
    },
  );

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is refused', async (method) => {
    const answer = await withCookie('/', {}, method);
    expect(answer.status).toBe(405);
    expect(answer.headers.allow).toBe('GET, HEAD');
  });

  test('HEAD gives the headers only', async () => {
    expect(await withCookie('/', {}, 'HEAD')).toMatchObject({ status: 200, body: '' });
  });

  test.each([
    '/../outside.html',
    '/assets/../../outside.html',
    '/%2e%2e/outside.html',
    '/..%2foutside.html',
    '/%2e%2e%2foutside.html',
    '/..%5coutside.html',
    '/../pages-too/index.html',
    '//etc/passwd',
    '/assets/a.js%00.html',
    '/%',
    '/assets',
    '/assets/',
    '/notes.secret',
    '/missing.html',
  ])('%s is not served', async (path) => {
    const answer = await withCookie(path);
    expect(answer.status).toBe(404);
    expect(answer.body).toBe('There is no such file.');
  });

  /** Sends bytes as they are and gives everything that comes back until the server ends the connection. */
  async function raw(bytes: string): Promise<string> {
    const socket = connect(shell.port, '127.0.0.1').setEncoding('utf8');
    socket.write(bytes);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    return answer;
  }

  test('a request without a host is refused', async () => {
    expect(await raw(`GET / HTTP/1.0\r\nCookie: ${cookie}\r\n\r\n`)).toMatch(/^HTTP\/1.1 403 /);
    expect(await raw(`GET / HTTP/1.1\r\nCookie: ${cookie}\r\n\r\n`)).toMatch(/^HTTP\/1.1 400 /);
  });

  test('bytes that are not HTTP end the connection and nothing else', async () => {
    expect(await raw('\u0000\u0001 nonsense\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
    expect((await withCookie('/')).status).toBe(200);
  });
});

test('every answer carries the strict policy', async () => {
  for (const answer of [
    await withCookie('/'),
    await get('/'),
    await withCookie('/no'),
    await withCookie('/', { host: 'x' }),
  ]) {
    const policy = String(answer.headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toMatch(/unsafe-|\*|https?:/);
    expect(answer.headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  }
});

describe('the WebSocket', () => {
  const own = () => ({ cookie, origin: `http://127.0.0.1:${shell.port}` });
  const open = (headers: Record<string, string>, path = '/rpc') =>
    new WebSocket(`ws://127.0.0.1:${shell.port}${path}`, { headers });

  async function statusOf(socket: WebSocket): Promise<number> {
    const [, response] = (await once(socket, 'unexpected-response')) as [unknown, { statusCode: number }];
    socket.on('error', () => undefined).terminate();
    return response.statusCode;
  }

  test('carries calls and events, and its pages are counted', async () => {
    pageCounts.length = 0;
    const socket = open(own());
    const client = createClient(appContract, webSocketLink(socket));
    expect(await client.getAppInfo()).toStrictEqual(APP_INFO);
    const heard = new Promise((resolve) => client.on('engineStateChanged', resolve));
    events.emit('engineStateChanged', { kind: 'starting' });
    expect(await heard).toStrictEqual({ kind: 'starting' });
    socket.close();
    await expect.poll(() => pageCounts).toStrictEqual([1, 0]);
  });

  test.each([
    ['another site, with our cookie', () => ({ ...own(), origin: 'http://evil.example' }), 403],
    ['another port of this machine', () => ({ ...own(), origin: 'http://127.0.0.1:1' }), 403],
    ['a sandboxed frame', () => ({ ...own(), origin: 'null' }), 403],
    ['no origin', () => ({ cookie }), 403],
    ['a rebound name', () => ({ ...own(), origin: 'http://evil.example', host: 'evil.example' }), 403],
    ['no cookie', () => ({ origin: own().origin }), 401],
    ['a made-up cookie', () => ({ ...own(), cookie: `${cookie.slice(0, -1)}_` }), 401],
  ])('is refused to %s', async (_who, headers, status) => {
    expect(await statusOf(open(headers() as Record<string, string>))).toBe(status);
  });

  test('is refused on any other path, with a token in place of the cookie too', async () => {
    expect(await statusOf(open(own(), '/'))).toBe(404);
    expect(await statusOf(open(own(), '/other'))).toBe(404);
    const token = new URL(shell.url).search;
    expect(await statusOf(open({ origin: own().origin }, `/rpc${token}`))).toBe(404);
  });

  test('ends at a message over the limit, and the server goes on', async () => {
    const socket = open(own());
    await once(socket, 'open');
    socket.on('error', () => undefined);
    socket.send(new Uint8Array(64 * 1024 * 1024 + 1));
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1009);
    expect((await withCookie('/')).status).toBe(200);
  });
});

test('a port that is taken is an error that names it', async () => {
  await expect(
    startWebShell({ app: { service, events }, pages: folder, port: shell.port }),
  ).rejects.toMatchObject({
    key: 'portNotAvailable',
    message: expect.stringContaining(String(shell.port)) as string,
  });
});

test('closing ends connections and frees the port', async () => {
  const second = await startWebShell({ app: { service, events }, pages: folder, port: 0 });
  await second.close();
  const third = await startWebShell({ app: { service, events }, pages: folder, port: second.port });
  expect(third.port).toBe(second.port);
  await third.close();
});
