/** The HTTP half of the web shell: the address with the token, then the files of the page. Nothing else. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { readPageFile } from '../core/shell/page-files.ts';
import { PAGE_HEADERS } from '../core/shell/page-headers.ts';
import { sessionCookie, sessionFrom } from './cookies.ts';
import { checkRequest } from './request-check.ts';
import type { Sessions } from './sessions.ts';

const NO_SESSION =
  'Digit Studio is running here. Open it with the address that it printed; each address works once.\n' +
  'Digit Studio 正在此运行。请使用它显示的地址打开；每个地址只能使用一次。\n';

export interface PageServerOptions {
  /** Folder of the built page. */
  folder: string;
  sessions: Sessions;
  /** The port that the server listens on, known once it does. */
  port: () => number;
}

/** Makes the request handler. */
export function createPageServer({ folder, sessions, port }: PageServerOptions): RequestListener {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = checkRequest(request, port());
    if (refusal) return sendText(response, refusal.status, refusal.message);
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuseMethod(response);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const isKnown = sessions.has(sessionFrom(port(), request.headers.cookie));
    const token = url.searchParams.get('token');
    if (url.pathname === '/' && token !== null) return enter(response, token, isKnown);
    if (!isKnown) return sendText(response, 401, NO_SESSION);
    await sendFile(response, rawPath(request));
  }

  /** Exchanges the token for a cookie and takes it out of the address bar and the history. */
  function enter(response: ServerResponse, token: string, isKnown: boolean): void {
    const session = sessions.open(token);
    if (session === undefined && !isKnown) return sendText(response, 401, NO_SESSION);
    const cookie = session === undefined ? {} : { 'set-cookie': sessionCookie(port(), session) };
    response.writeHead(303, { ...PAGE_HEADERS, ...cookie, location: '/' }).end();
  }

  async function sendFile(response: ServerResponse, path: string): Promise<void> {
    const file = await readPageFile(folder, path);
    if (!file) return sendText(response, 404, 'There is no such file.');
    response.writeHead(200, {
      ...PAGE_HEADERS,
      'content-type': file.contentType,
      'content-length': file.body.length,
    });
    response.end(file.body);
  }

  return (request, response) => {
    answer(request, response).catch(() => sendText(response, 400, 'The request could not be read.'));
  };
}

/** The path as it was sent: URL would already have resolved the dots that a traversal is made of. */
function rawPath(request: IncomingMessage): string {
  return (request.url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

function refuseMethod(response: ServerResponse): void {
  response.setHeader('allow', 'GET, HEAD');
  sendText(response, 405, 'Only GET and HEAD are answered.');
}

function sendText(response: ServerResponse, status: number, text: string): void {
  // Whatever body the request has is not read: the connection ends with the answer.
  response.writeHead(status, {
    ...PAGE_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  response.end(text);
}
