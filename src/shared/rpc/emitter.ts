/** Events to everyone who listens: the listeners in this process and the links of other ones. */
import type { Contract, Emit, EventName, EventPayload } from './contract.ts';
import type { AnswererMessage } from './envelope.ts';
import type { Link } from './link.ts';
import { createListeners } from './listeners.ts';

export interface Emitter<C extends Contract> {
  emit: Emit<C>;
  /** Listens in this process, without a copy; returns the unsubscribe. */
  on<E extends EventName<C>>(event: E, listener: (payload: EventPayload<C, E>) => void): () => void;
  /** Sends every event over `link` until it closes or the returned function is called. */
  attach(link: Link): () => void;
}

/** Makes the emitter of a contract's events; the contract is there for its types. */
export function createEmitter<C extends Contract>(_contract: C): Emitter<C> {
  const messages = createListeners<Extract<AnswererMessage, { type: 'event' }>>();
  return {
    emit: (event, payload) => messages.tell({ type: 'event', event, payload }),
    on: (event, listener) =>
      messages.add((message) => {
        if (message.event === event) listener(message.payload as Parameters<typeof listener>[0]);
      }),
    attach(link) {
      const detach = messages.add((message) => link.send(message));
      link.onClose(detach);
      return detach;
    },
  };
}
