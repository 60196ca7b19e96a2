/**
 * Links between processes. Only the shape of what Node and Electron offer is named here, so that this file stays pure: pass in a
 * ChildProcess forked with `serialization: 'advanced'`, the child's `process`, a UtilityProcess, or its `parentPort`.
 */
import { createLink, type Link } from './link.ts';

/** A `ChildProcess` with an IPC channel, or the `process` at its other end. */
export interface NodeChannel {
  readonly connected: boolean;
  send?(message: unknown, onSent: (error: Error | null) => void): boolean;
  disconnect?(): void;
  on(event: 'message' | 'disconnect', listener: (message?: unknown) => void): unknown;
}

/** The link over Node's IPC channel; closing it disconnects, upon which a well-behaved child ends. */
export function nodeProcessLink(channel: NodeChannel): Link {
  const ends = createLink({
    // A failed write is not reported here: it means that the channel is gone, which `disconnect` says.
    send: (message) => void channel.send?.(message, () => undefined),
    close: () => channel.connected && channel.disconnect?.(),
  });
  channel.on('message', ends.received);
  // Not `exit`: that can come before the last messages have been read.
  channel.on('disconnect', () => ends.closed());
  if (!channel.connected) ends.closed();
  return ends.link;
}

/** Electron's `UtilityProcess`, seen from the main process. */
export interface UtilityChild {
  postMessage(message: unknown): void;
  kill(): boolean;
  on(event: 'message' | 'exit', listener: (value?: unknown) => void): unknown;
}

/** The link to an Electron utility process; closing it ends the process, which has no other owner. */
export function utilityProcessLink(child: UtilityChild): Link {
  const ends = createLink({
    send: (message) => child.postMessage(message),
    close: () => void child.kill(),
  });
  child.on('message', ends.received);
  child.on('exit', () => ends.closed());
  return ends.link;
}

/** `process.parentPort` inside a utility process. */
export interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
}

/** The link from a utility process to its parent. It never closes by itself: when the parent goes, so does the child. */
export function parentPortLink(port: ParentPort): Link {
  const ends = createLink({ send: (message) => port.postMessage(message), close: () => undefined });
  port.on('message', (event) => ends.received(event.data));
  return ends.link;
}
