/** The renderer's link over what the preload script exposes, `window.digitStudio`. */
import { readCallerMessage } from './envelope.ts';
import { createLink, type Link } from './link.ts';

/** Channel names of Electron's IPC. Each message carries the page's id, so that an answer to a page that is gone is not taken for one's own. */
export const ELECTRON_CHANNELS = {
  /** `(page)`: a page has loaded and listens. */
  open: 'digit-studio:open',
  /** `(page, message)`, both ways. */
  message: 'digit-studio:message',
} as const;

/** Plain functions only: all that crosses from the preload script into the page. */
export interface ElectronBridge {
  /** Starts a call; its answer comes as a message with this id. Throws for a name that is not in the contract. */
  call(id: number, name: string, input: unknown): void;
  cancel(id: number): void;
  /** Listens to answers and events; returns the unsubscribe. */
  onMessage(listener: (message: unknown) => void): () => void;
}

/** Makes the link; it closes only with the page. */
export function electronLink(bridge: ElectronBridge): Link {
  const ends = createLink({
    send(message) {
      const reading = readCallerMessage(message);
      if (!('message' in reading)) throw reading.error;
      const { id } = reading.message;
      if (reading.message.type === 'cancel') bridge.cancel(id);
      else bridge.call(id, reading.message.call, reading.message.input);
    },
    close: () => stopListening(),
  });
  const stopListening = bridge.onMessage(ends.received);
  return ends.link;
}
