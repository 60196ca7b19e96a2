/** Whether a request was meant for us: the checks against DNS rebinding and against other sites. */
import type { IncomingMessage } from 'node:http';

/** What to answer instead, or undefined if the request may go on. */
export type Refusal = { status: number; message: string } | undefined;

/** The names under which this server may be addressed. A rebound DNS name resolves to us but arrives as another Host. */
function ownHosts(port: number): string[] {
  return [`127.0.0.1:${port}`, `localhost:${port}`];
}

/** Checks any request: its Host must be ours, and if it names an Origin, that must be the same. */
export function checkRequest(request: IncomingMessage, port: number): Refusal {
  const { host, origin } = request.headers;
  if (host === undefined || !ownHosts(port).includes(host))
    return { status: 403, message: `This server does not answer to the host "${host ?? ''}".` };
  if (origin !== undefined && origin !== `http://${host}`)
    return { status: 403, message: `Requests from ${origin} are refused.` };
  return undefined;
}

/** Checks a WebSocket's opening request: there the Origin, which every browser sends, must be present. */
export function checkUpgrade(request: IncomingMessage, port: number): Refusal {
  if (request.headers.origin === undefined)
    return { status: 403, message: 'A WebSocket must name its origin.' };
  return checkRequest(request, port);
}
