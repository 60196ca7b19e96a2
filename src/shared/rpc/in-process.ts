/** A link inside one process, for the command line and tests. It copies like the others, so that all behave alike. */
import { createLink, type Link, type LinkEnds } from './link.ts';

/** Makes the two ends of a connection; closing one closes both. Messages arrive in order, after the sender's own code. */
export function createLinkPair(): [Link, Link] {
  const near: LinkEnds = createLink({
    send: (message) => deliver(message, far),
    close: () => queueMicrotask(far.closed),
  });
  const far: LinkEnds = createLink({
    send: (message) => deliver(message, near),
    close: () => queueMicrotask(near.closed),
  });
  return [near.link, far.link];
}

function deliver(message: unknown, to: LinkEnds): void {
  const copy: unknown = structuredClone(message);
  queueMicrotask(() => to.received(copy));
}
