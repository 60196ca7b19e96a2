/** The caller's side of a contract: typed methods and events over any link. */
import { appError, AppError, fromWireError, toAppError } from '../errors.ts';
import type { CallOptions, Client, Contract } from './contract.ts';
import { readAnswererMessage, type AnswererMessage, type CallerMessage } from './envelope.ts';
import type { Link } from './link.ts';
import { createListeners, type Listeners } from './listeners.ts';
import { createPendingCalls } from './pending-calls.ts';
import { problemOf } from './problem.ts';

export interface ClientOptions {
  /** Hears of a message that no caller waits for and that breaks the contract; by default it goes to the console. */
  onBadMessage?: (error: AppError) => void;
}

/**
 * Makes the client of `contract` over `link`. When the link closes every open call rejects with `linkClosed`; aborting a
 * call's signal rejects it with `cancelled` at once and tells the other side.
 */
export function createClient<C extends Contract>(
  contract: C,
  link: Link,
  options: ClientOptions = {},
): Client<C> {
  const onBadMessage = options.onBadMessage ?? ((error) => console.error(error));
  const pending = createPendingCalls();
  const listeners = new Map<string, Listeners<unknown>>(
    Object.keys(contract.events).map((event) => [event, createListeners<unknown>()]),
  );

  function hear(message: AnswererMessage): void {
    if (message.type === 'result') pending.resolve(message.id, message.output);
    else if (message.type === 'event') hearEvent(message.event, message.payload);
    else if (message.id !== null) pending.reject(message.id, fromWireError(message.error));
    // Which call was at fault is unknown, so none of them can count on an answer.
    else pending.rejectAll(fromWireError(message.error));
  }

  function hearEvent(event: string, payload: unknown): void {
    const waiting = listeners.get(event);
    if (waiting?.size === 0) return;
    const parsed = contract.events[event]?.safeParse(payload);
    if (parsed?.success) waiting?.tell(parsed.data);
    else
      onBadMessage(
        appError('badMessage', {
          problem: parsed ? `event ${event}: ${problemOf(parsed.error)}` : `there is no event ${event}`,
        }),
      );
  }

  link.onMessage((raw) => {
    const reading = readAnswererMessage(raw);
    if ('message' in reading) hear(reading.message);
    else if (reading.id !== null) pending.reject(reading.id, reading.error);
    else onBadMessage(reading.error);
  });
  link.onClose(() => pending.rejectAll(appError('linkClosed')));

  async function invoke(call: string, input: unknown, callOptions: CallOptions = {}): Promise<unknown> {
    const output = await request({ call, input, signal: callOptions.signal });
    const parsed = contract.calls[call]?.output.safeParse(output);
    if (parsed?.success) return parsed.data;
    throw appError('badAnswer', { call, problem: parsed ? problemOf(parsed.error) : 'unknown call' });
  }

  function request({ call, input, signal }: Request): Promise<unknown> {
    if (signal?.aborted) return Promise.reject(appError('cancelled'));
    const { id, answer } = pending.open();
    const send = (message: CallerMessage): void =>
      trySend(link, message, (error) => pending.reject(id, error));
    const cancel = (): void => {
      pending.reject(id, appError('cancelled'));
      send({ type: 'cancel', id });
    };
    signal?.addEventListener('abort', cancel, { once: true });
    send({ type: 'call', id, call, input });
    return answer.finally(() => signal?.removeEventListener('abort', cancel));
  }

  const methods = Object.keys(contract.calls).map((call) => [
    call,
    (input?: unknown, callOptions?: CallOptions) => invoke(call, input, callOptions),
  ]);
  const on = (event: string, listener: (payload: unknown) => void): (() => void) => {
    const heard = listeners.get(event);
    if (!heard) throw appError('badMessage', { problem: `there is no event ${event}` });
    return heard.add(listener);
  };
  // fromEntries defines own properties, so that even a call named __proto__ is only that.
  return Object.fromEntries([...methods, ['on', on]]) as Client<C>;
}

interface Request {
  call: string;
  input: unknown;
  signal: AbortSignal | undefined;
}

function trySend(link: Link, message: CallerMessage, onError: (error: AppError) => void): void {
  try {
    link.send(message);
  } catch (error) {
    const isOurs = error instanceof AppError;
    onError(
      isOurs ? error : appError('badMessage', { problem: toAppError(error).message }, { cause: error }),
    );
  }
}
