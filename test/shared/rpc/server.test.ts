import { describe, expect, test } from 'vitest';
import { createLinkPair } from '../../../src/shared/rpc/in-process.ts';
import { serve } from '../../../src/shared/rpc/server.ts';
import { createTestApp, testContract } from './test-contract.ts';

/** The test service, and what it answers to raw messages. */
function setUp() {
  const [near, far] = createLinkPair();
  const app = createTestApp();
  const server = serve(testContract, app.service, far);
  const answers: unknown[] = [];
  near.onMessage((message) => answers.push(message));
  /** Everything on this link happens in microtasks; the next macrotask comes after all of them. */
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  return { near, far, app, server, answers, settled };
}

const badMessage = (id: number | null) => ({
  type: 'error',
  id,
  error: expect.objectContaining({ code: 'bad-input', key: 'badMessage' }) as unknown,
});

describe('messages that are not calls', () => {
  test.each([
    ['nothing', undefined, null],
    ['text', 'add', null],
    ['no type', { id: 7 }, 7],
    ['an unknown type', { type: 'delete', id: 7 }, 7],
    ['an id that is no number', { type: 'call', id: '7', call: 'ping' }, null],
    ['a negative id', { type: 'call', id: -1, call: 'ping' }, null],
    ['a call without a name', { type: 'call', id: 7 }, 7],
    ['a name that is no text', { type: 'call', id: 7, call: ['ping'] }, 7],
  ])('%s is answered with an error', async (_what, message, id) => {
    const { near, answers, settled } = setUp();
    near.send(message);
    await settled();
    expect(answers).toStrictEqual([badMessage(id)]);
  });
});

describe('calls', () => {
  test('an id that is in use is refused, and the first call goes on', async () => {
    const { near, answers, app, settled } = setUp();
    near.send({ type: 'call', id: 1, call: 'waitForever', input: { name: 'a' } });
    near.send({ type: 'call', id: 1, call: 'ping', input: undefined });
    await settled();
    expect(answers).toStrictEqual([badMessage(1)]);
    expect(app.aborted).toStrictEqual([]);
  });

  test('a cancelled call is answered as cancelled', async () => {
    const { near, answers, settled } = setUp();
    near.send({ type: 'call', id: 4, call: 'waitForever', input: { name: 'a' } });
    near.send({ type: 'cancel', id: 4 });
    await settled();
    expect(answers).toMatchObject([{ type: 'error', id: 4, error: { code: 'cancelled' } }]);
  });

  test('cancelling what is not running does nothing', async () => {
    const { near, answers, settled } = setUp();
    near.send({ type: 'cancel', id: 99 });
    await settled();
    expect(answers).toStrictEqual([]);
  });

  test('running calls are aborted when the link closes, and nothing is sent after', async () => {
    const { near, app, answers, settled } = setUp();
    near.send({ type: 'call', id: 1, call: 'waitForever', input: { name: 'a' } });
    await settled();
    near.close();
    await settled();
    expect(app.aborted).toStrictEqual(['a: engine-failed']);
    expect(answers).toStrictEqual([]);
  });

  test('a closed server aborts its calls and answers no more', async () => {
    const { near, app, server, answers, settled } = setUp();
    near.send({ type: 'call', id: 1, call: 'waitForever', input: { name: 'a' } });
    await settled();
    server.close();
    near.send({ type: 'call', id: 2, call: 'ping', input: undefined });
    await settled();
    expect(app.aborted).toHaveLength(1);
    expect(answers).toStrictEqual([]);
  });
});

describe('events', () => {
  test('reach every attached link and listener, and none that has left', async () => {
    const { far, near, app, answers, settled } = setUp();
    const heard: number[] = [];
    const detach = app.events.attach(far);
    const stop = app.events.on('counted', ({ n }) => heard.push(n));
    app.events.emit('counted', { n: 1, data: new Uint8Array(1) });
    detach();
    stop();
    app.events.emit('counted', { n: 2, data: new Uint8Array(1) });
    await settled();
    expect(heard).toStrictEqual([1]);
    expect(answers).toMatchObject([{ type: 'event', event: 'counted', payload: { n: 1 } }]);
    near.close();
  });

  test('a link that has closed is left out', async () => {
    const { far, near, app, settled } = setUp();
    app.events.attach(far);
    near.close();
    await settled();
    expect(() => app.events.emit('counted', { n: 1, data: new Uint8Array(1) })).not.toThrow();
  });
});
