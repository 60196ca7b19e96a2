/** The link over a WebSocket; browsers' own and the `ws` package's look the same here, so both ends use it. */
import { toAppError } from '../errors.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import { UnreadableMessage } from './envelope.ts';
import { createLink, type Link } from './link.ts';

const CONNECTING = 0;

/** The part of a WebSocket that the link needs. */
export interface WebSocketLike {
  binaryType: string;
  readonly readyState: number;
  send(data: Uint8Array<ArrayBuffer>): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'open' | 'close', listener: () => void): void;
}

/** Makes the link over a socket that is open or opening; until it is open, messages wait. */
export function webSocketLink(socket: WebSocketLike): Link {
  socket.binaryType = 'arraybuffer';
  let waiting: Uint8Array<ArrayBuffer>[] | null = socket.readyState === CONNECTING ? [] : null;
  const ends = createLink({
    send(message) {
      const bytes = encodeMessage(message);
      if (waiting) waiting.push(bytes);
      else socket.send(bytes);
    },
    close: () => socket.close(),
  });
  socket.addEventListener('open', () => {
    for (const bytes of waiting ?? []) socket.send(bytes);
    waiting = null;
  });
  socket.addEventListener('message', (event) => ends.received(decode(event.data)));
  socket.addEventListener('close', ends.closed);
  return ends.link;
}

function decode(data: unknown): unknown {
  if (!(data instanceof ArrayBuffer)) return new UnreadableMessage('it is text, not bytes');
  try {
    return decodeMessage(new Uint8Array(data));
  } catch (error) {
    return new UnreadableMessage(String(toAppError(error).parameters['problem'] ?? error));
  }
}
