/** Every kind of link, set up with the test service at its far end. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { WebContents } from 'electron';
import { WebSocketServer } from 'ws';
import { linkPages } from '../../../src/main/ipc.ts';
import { createBridge } from '../../../src/preload/bridge.ts';
import { electronLink } from '../../../src/shared/rpc/electron-link.ts';
import { createLinkPair } from '../../../src/shared/rpc/in-process.ts';
import type { Link } from '../../../src/shared/rpc/link.ts';
import { nodeProcessLink } from '../../../src/shared/rpc/process-link.ts';
import { serve } from '../../../src/shared/rpc/server.ts';
import { webSocketLink } from '../../../src/shared/rpc/web-socket.ts';
import { FakeWebContents } from '../../support/fake-electron/web-contents.ts';
import { createTestApp, testContract } from './test-contract.ts';

export interface LinkUnderTest {
  link: Link;
  /** Ends the connection from the far side, as a crash would. */
  breakFarSide(): void;
  dispose(): Promise<void>;
}

function serveTestApp(link: Link): void {
  const app = createTestApp();
  serve(testContract, app.service, link);
  app.events.attach(link);
}

function openInProcess(): Promise<LinkUnderTest> {
  const [near, far] = createLinkPair();
  serveTestApp(far);
  return Promise.resolve({
    link: near,
    breakFarSide: () => far.close(),
    dispose: () => Promise.resolve(near.close()),
  });
}

async function openWebSocket(): Promise<LinkUnderTest> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (socket) => serveTestApp(webSocketLink(socket)));
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  return {
    link: webSocketLink(socket),
    breakFarSide: () => server.clients.forEach((client) => client.terminate()),
    dispose() {
      socket.close();
      server.clients.forEach((client) => client.terminate());
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

async function openChildProcess(): Promise<LinkUnderTest> {
  const child = fork(join(import.meta.dirname, 'test-child.ts'), { serialization: 'advanced' });
  const exited = once(child, 'exit');
  return {
    link: nodeProcessLink(child),
    breakFarSide: () => child.kill('SIGKILL'),
    async dispose() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

function openElectron(): Promise<LinkUnderTest> {
  const contents = new FakeWebContents('app://digit-studio/index.html');
  linkPages(contents as unknown as WebContents, serveTestApp);
  const link = electronLink(createBridge(testContract, contents.renderer, 'page-1'));
  contents.on('destroyed', () => link.close());
  return Promise.resolve({
    link,
    breakFarSide: () => contents.destroy(),
    dispose: () => Promise.resolve(contents.destroy()),
  });
}

export const linksUnderTest: Record<string, () => Promise<LinkUnderTest>> = {
  'in-process': openInProcess,
  WebSocket: openWebSocket,
  'child process': openChildProcess,
  'Electron IPC': openElectron,
};
