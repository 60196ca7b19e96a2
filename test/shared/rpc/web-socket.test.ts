import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket as NodeWebSocket, WebSocketServer } from 'ws';
import { decodeMessage, encodeMessage } from '../../../src/shared/rpc/codec.ts';
import { serve } from '../../../src/shared/rpc/server.ts';
import { webSocketLink } from '../../../src/shared/rpc/web-socket.ts';
import { createTestApp, testContract } from './test-contract.ts';

let server: WebSocketServer;
let socket: NodeWebSocket;

beforeEach(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  server.on('connection', (far) => serve(testContract, createTestApp().service, webSocketLink(far)));
  await once(server, 'listening');
  socket = new NodeWebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  await once(socket, 'open');
});
afterEach(() => {
  socket.terminate();
  return new Promise((resolve) => server.close(resolve));
});

async function answer(): Promise<unknown> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return decodeMessage(data);
}

test('a text frame is answered with an error, and the connection goes on', async () => {
  socket.send('{"type":"call","id":1,"call":"ping"}');
  expect(await answer()).toMatchObject({
    type: 'error',
    id: null,
    error: { message: /it is text, not bytes/ },
  });
  socket.send(encodeMessage({ type: 'call', id: 2, call: 'add', input: { a: 1, b: 2 } }));
  expect(await answer()).toStrictEqual({ type: 'result', id: 2, output: 3 });
});

test('bytes that are no message are answered with the reason', async () => {
  socket.send(new Uint8Array(64));
  expect(await answer()).toMatchObject({ type: 'error', id: null, error: { message: /no known header/ } });
});
