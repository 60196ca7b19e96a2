/** The web shell: the app's contract and its page on this machine's loopback address, for one person's browser. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appContract, type AppContract, type AppService } from '../shared/contract.ts';
import { appError } from '../shared/errors.ts';
import type { Emitter } from '../shared/rpc/emitter.ts';
import type { Link } from '../shared/rpc/link.ts';
import { serve } from '../shared/rpc/server.ts';
import { createPageServer } from './page-server.ts';
import { createSessions } from './sessions.ts';
import { createSocketServer } from './socket-server.ts';

/** Only this machine: other ones cannot even connect. */
const LOOPBACK = '127.0.0.1';

export interface WebShellOptions {
  app: { service: AppService; events: Emitter<AppContract> };
  /** Folder of the built page. */
  pages: string;
  /** 0 takes a free one. */
  port: number;
  /** Called with the number of connected pages whenever it changes. */
  onPages?: (count: number) => void;
  /** Called when an address has been used, with the one that opens another browser. */
  onNextUrl?: (url: string) => void;
}

export interface WebShell {
  readonly port: number;
  /** The address that opens one browser, once. */
  readonly url: string;
  /** Ends every connection and gives the port back. */
  close(): Promise<void>;
}

/** Starts serving; rejects with `portNotAvailable` if the port cannot be had. */
export async function startWebShell(options: WebShellOptions): Promise<WebShell> {
  const { app, pages, onPages, onNextUrl } = options;
  const sessions = createSessions({ onSpent: (token) => onNextUrl?.(addressOf(port(), token)) });
  const server = createServer(createPageServer({ folder: pages, sessions, port }));
  const sockets = createSocketServer({ sessions, port, onLink: admit });
  let pageCount = 0;

  function port(): number {
    return (server.address() as AddressInfo).port;
  }

  function admit(link: Link): void {
    serve(appContract, app.service, link);
    app.events.attach(link);
    onPages?.(++pageCount);
    link.onClose(() => onPages?.(--pageCount));
  }

  server.on('upgrade', sockets.upgrade);
  await listen(server, options.port);
  return {
    port: port(),
    get url() {
      return addressOf(port(), sessions.token);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      sockets.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listen(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, LOOPBACK);
    await once(server, 'listening');
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw appError('portNotAvailable', { port, problem }, { cause: error });
  }
}

function addressOf(port: number, token: string): string {
  return `http://${LOOPBACK}:${port}/?token=${token}`;
}
