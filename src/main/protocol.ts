/** The scheme of our pages: the files of out/renderer, with a strict policy, and nothing else. */
import { protocol, type Session } from 'electron';
import { readPageFile } from '../core/shell/page-files.ts';
import { PAGE_HEADERS } from '../core/shell/page-headers.ts';
import { APP_SCHEME, isAppUrl } from './app-url.ts';

/** Makes the scheme one with an origin, like https. Must be called before the app is ready. */
export function registerAppScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

/** Serves the files of `folder` to the pages of `session`. */
export function servePages(session: Session, folder: string): void {
  session.protocol.handle(APP_SCHEME, (request) => answerPageRequest(folder, request));
}

async function answerPageRequest(folder: string, request: Request): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  if (!isAppUrl(request.url)) return refuse(404);
  const file = await readPageFile(folder, new URL(request.url).pathname);
  if (!file) return refuse(404);
  return new Response(file.body, { headers: { ...PAGE_HEADERS, 'content-type': file.contentType } });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: PAGE_HEADERS });
}
