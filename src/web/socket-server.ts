/** The WebSocket half of the web shell: one link for each page that may have one. */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from '../shared/rpc/codec.ts';
import type { Link } from '../shared/rpc/link.ts';
import { webSocketLink } from '../shared/rpc/web-socket.ts';
import { sessionFrom } from './cookies.ts';
import { checkUpgrade, type Refusal } from './request-check.ts';
import type { Sessions } from './sessions.ts';

/** Where the page connects to. */
const SOCKET_PATH = '/rpc';

export interface SocketServerOptions {
  sessions: Sessions;
  port: () => number;
  onLink: (link: Link) => void;
}

export interface SocketServer {
  /** Handles an HTTP server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends every connection. */
  close(): void;
}

/** Makes the upgrade handler; a request that fails a check is answered with HTTP and its connection ended. */
export function createSocketServer({ sessions, port, onLink }: SocketServerOptions): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  function check(request: IncomingMessage): Refusal {
    const refusal = checkUpgrade(request, port());
    if (refusal) return refusal;
    if (request.url !== SOCKET_PATH) return { status: 404, message: 'There is no such socket.' };
    if (!sessions.has(sessionFrom(port(), request.headers.cookie)))
      return { status: 401, message: 'There is no session.' };
    return undefined;
  }

  return {
    upgrade(request, socket, head) {
      const refusal = check(request);
      if (refusal) return refuse(socket, refusal);
      server.handleUpgrade(request, socket, head, (webSocket) => {
        // A broken frame or a message over the limit: `ws` then closes the socket, which the link hears.
        webSocket.on('error', () => undefined);
        onLink(webSocketLink(webSocket));
      });
    },
    close: () => server.clients.forEach((client) => client.terminate()),
  };
}

function refuse(socket: Duplex, { status, message }: NonNullable<Refusal>): void {
  // The other side may be gone already.
  socket.on('error', () => undefined);
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${Buffer.byteLength(message)}\r\n\r\n${message}`,
  );
}
