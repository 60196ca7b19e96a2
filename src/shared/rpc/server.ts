/** The answering side of a contract: checks what comes over a link, calls the service, replies. */
import { appError, toAppError, toWireError } from '../errors.ts';
import type { CallContext, Contract, Service } from './contract.ts';
import { readCallerMessage, type AnswererMessage, type CallMessage } from './envelope.ts';
import type { Link } from './link.ts';
import { problemOf } from './problem.ts';

type Handler = (input: unknown, context: CallContext) => unknown;

export interface Server {
  /** Stops answering and aborts the calls that are running; the link stays open. */
  close(): void;
}

/**
 * Answers the calls of `contract` that come over `link`. Every message gets a reply: a result, or a typed error for a failed,
 * cancelled, unknown or malformed call. A call's signal aborts when its caller cancels or the link closes.
 */
export function serve<C extends Contract>(contract: C, service: Service<C>, link: Link): Server {
  const running = new Map<number, AbortController>();
  let isOpen = true;

  const reply = (message: AnswererMessage): void => {
    if (isOpen) link.send(message);
  };
  const replyError = (id: number | null, error: unknown): void =>
    reply({ type: 'error', id, error: toWireError(error) });

  async function answer(message: CallMessage): Promise<void> {
    const { id } = message;
    if (running.has(id))
      return replyError(id, appError('badMessage', { problem: `call ${id} is already running` }));
    const controller = new AbortController();
    running.set(id, controller);
    try {
      const output = await perform(message, { signal: controller.signal });
      controller.signal.throwIfAborted();
      reply({ type: 'result', id, output });
    } catch (error) {
      // Only the message crosses the link; where a bug came from must not be lost with it.
      if (toAppError(error).code === 'internal') console.error(error);
      replyError(id, error);
    } finally {
      running.delete(id);
    }
  }

  function perform({ call, input }: CallMessage, context: CallContext): unknown {
    if (!Object.hasOwn(contract.calls, call)) throw appError('unknownCall', { call });
    const parsed = contract.calls[call]!.input.safeParse(input);
    if (!parsed.success) throw appError('badArgument', { call, problem: problemOf(parsed.error) });
    return (service as Record<string, Handler>)[call]!(parsed.data, context);
  }

  function close(): void {
    isOpen = false;
    stopListening();
    for (const controller of running.values()) controller.abort(appError('linkClosed'));
  }

  const stopListening = link.onMessage((raw) => {
    const reading = readCallerMessage(raw);
    if (!('message' in reading)) replyError(reading.id, reading.error);
    else if (reading.message.type === 'call') void answer(reading.message);
    else running.get(reading.message.id)?.abort(appError('cancelled'));
  });
  link.onClose(close);
  return { close };
}
