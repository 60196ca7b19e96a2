/** What carries messages between the two sides of a contract, whatever it is made of. */
import { appError } from '../errors.ts';
import { createListeners } from './listeners.ts';

/** One end of a two-way, ordered connection for plain data and typed arrays. */
export interface Link {
  /** Sends a copy of the message. Throws `linkClosed` on a closed link, and whatever says that it cannot be copied. */
  send(message: unknown): void;
  /** Listens to the other end; returns the unsubscribe. */
  onMessage(listener: (message: unknown) => void): () => void;
  /** Listens for the end of the connection, for whatever reason; on a closed link the listener is called at once. */
  onClose(listener: () => void): () => void;
  close(): void;
}

/** What a transport does: the part that differs from link to link. */
export interface Transport {
  send(message: unknown): void;
  /** Ends the connection; called at most once. */
  close(): void;
}

/** A link together with the two things its transport reports. */
export interface LinkEnds {
  link: Link;
  /** A message has arrived. */
  received(message: unknown): void;
  /** The connection is gone; nothing is sent or received from here on. */
  closed(): void;
}

/** Makes a link over a transport: listeners, and the rule that a closed link stays closed. */
export function createLink(transport: Transport): LinkEnds {
  const messages = createListeners<unknown>();
  const closings = createListeners<void>();
  let isOpen = true;

  function closed(): void {
    if (!isOpen) return;
    isOpen = false;
    closings.tell();
  }

  const link: Link = {
    send(message) {
      if (!isOpen) throw appError('linkClosed');
      transport.send(message);
    },
    onMessage: (listener) => messages.add(listener),
    onClose(listener) {
      if (isOpen) return closings.add(listener);
      listener();
      return () => undefined;
    },
    close() {
      if (!isOpen) return;
      closed();
      transport.close();
    },
  };
  return { link, received: (message) => isOpen && messages.tell(message), closed };
}
