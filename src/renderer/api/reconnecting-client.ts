import { appContract, type AppClient } from '../../shared/contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import type { Link } from '../../shared/rpc/link.ts';
import { createListeners, type Listeners } from '../../shared/rpc/listeners.ts';
import type { ConnectionState } from '../state/connection.svelte.ts';

const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 4000;

interface ReconnectOptions {
  /** Opens a new link and calls `onOpen` once messages can go through it. */
  open(onOpen: () => void): Link;
  connection: ConnectionState;
  later(action: () => void, afterMs: number): unknown;
}

/**
 * A client that survives its link: calls under way when it breaks are rejected, listeners stay, and a new link is tried
 * after ever longer pauses.
 */
export function createReconnectingClient({ open, connection, later }: ReconnectOptions): AppClient {
  const events = Object.keys(appContract.events);
  const listeners = new Map<string, Listeners<unknown>>(events.map((name) => [name, createListeners()]));
  let pauseMs = FIRST_PAUSE_MS;
  let current = connect();

  function connect(): AppClient {
    const link = open(() => {
      pauseMs = FIRST_PAUSE_MS;
      connection.markRestored();
    });
    const client = createClient(appContract, link);
    for (const name of events) client.on(name as EventName, (payload) => listeners.get(name)?.tell(payload));
    link.onClose(() => {
      connection.markLost();
      later(() => (current = connect()), pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    });
    return client;
  }

  const calls = Object.keys(appContract.calls) as CallName[];
  const methods = calls.map((name) => {
    const method = (...args: unknown[]) => (current[name] as (...args: unknown[]) => unknown)(...args);
    return [name, method];
  });
  const on = (name: string, listener: (payload: unknown) => void) => listeners.get(name)?.add(listener);
  return Object.fromEntries([...methods, ['on', on]]) as AppClient;
}

type EventName = keyof typeof appContract.events;
type CallName = keyof typeof appContract.calls;
