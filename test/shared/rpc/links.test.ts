import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { AppError } from '../../../src/shared/errors.ts';
import { createClient } from '../../../src/shared/rpc/client.ts';
import { call, defineContract, type Client } from '../../../src/shared/rpc/contract.ts';
import { z } from 'zod';
import { testContract, type TestContract } from './test-contract.ts';
import { linksUnderTest, type LinkUnderTest } from './test-links.ts';

vi.mock('electron', () => import('../../support/fake-electron/index.ts'));

/** Calls that the server does not have, some of them found on every JavaScript object. */
const wrongContract = defineContract({
  calls: {
    noSuchCall: call(z.void(), z.void()),
    toString: call(z.void(), z.void()),
    constructor: call(z.void(), z.void()),
    ['__proto__']: call(z.void(), z.void()),
    add: call(z.unknown(), z.number()),
  },
  events: {},
});

/** Every element type, empty arrays, and views that start at an odd byte of their memory. */
const AWKWARD_ARRAYS = [
  new Uint8Array([0, 1, 255]),
  new Uint8Array(0),
  new Uint8Array(new Uint8Array([9, 1, 2, 3, 9]).buffer, 1, 3),
  new Uint16Array([0, 65535]),
  new Uint16Array(new Uint16Array([9, 258, 9]).buffer, 2, 1),
  new Int32Array([-1, 2147483647, -2147483648]),
  new Uint32Array([4294967295]),
  new Float32Array([1.5, -0, NaN, Infinity]),
  new Float32Array(0),
  new Float64Array([Math.PI, -Infinity]),
];

describe.each(Object.keys(linksUnderTest))('the %s link', (name) => {
  let connection: LinkUnderTest;
  let client: Client<TestContract>;

  beforeEach(async () => {
    connection = await linksUnderTest[name]!();
    client = createClient(testContract, connection.link);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    return connection.dispose();
  });

  test('answers calls, also ones without an argument or result', async () => {
    expect(await client.add({ a: 2, b: 3 })).toBe(5);
    expect(await client.ping()).toBeUndefined();
  });

  test('keeps every kind of plain value', async () => {
    const value = {
      a: [1, 'two', null, { deep: [true] }],
      none: undefined,
      text: '数字 7 🙂',
      fraction: 0.1,
    };
    expect(await client.echo(value)).toStrictEqual(value);
  });

  test.each(AWKWARD_ARRAYS.map((array, index) => [index, array.constructor.name, array] as const))(
    'keeps typed array %i, a %s',
    async (_index, _type, array) => {
      const { inside } = (await client.echo({ inside: [array, 'x', array] })) as {
        inside: [typeof array, string, typeof array];
      };
      expect(inside[0].constructor).toBe(array.constructor);
      expect([...inside[0]]).toStrictEqual([...array]);
      expect([...inside[2]]).toStrictEqual([...array]);
    },
  );

  test('carries 10 MB there and back', async () => {
    const bytes = Uint8Array.from({ length: 10_000_000 }, (_, index) => (index * 31) % 251);
    const back = (await client.echo(bytes)) as Uint8Array;
    expect(Buffer.compare(back, bytes)).toBe(0);
  });

  test('keeps a thousand calls apart', async () => {
    const answers = await Promise.all(Array.from({ length: 1000 }, (_, a) => client.add({ a, b: 1 })));
    expect(answers).toStrictEqual(Array.from({ length: 1000 }, (_, a) => a + 1));
  });

  test('an error comes back with its code, text and parameters', async () => {
    const error = await client.failKnown().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(AppError);
    expect(error).toMatchObject({
      code: 'not-found',
      key: 'modelNotFound',
      message: 'There is no model named "x". Known models: default.',
      parameters: { name: 'x', known: 'default' },
    });
  });

  test('a bug on the other side is an internal error', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    await expect(client.failUnknown()).rejects.toMatchObject({ code: 'internal', message: /a bug/ });
  });

  test('a wrong argument is refused by field', async () => {
    const wrong = createClient(wrongContract, connection.link);
    await expect(wrong.add({ a: 1, b: 'two' })).rejects.toMatchObject({
      key: 'badArgument',
      message: 'The argument of add is not valid: b: expected number, received string.',
    });
    await expect(wrong.add(null)).rejects.toMatchObject({ key: 'badArgument' });
  });

  test.each(['noSuchCall', 'toString', 'constructor', '__proto__'] as const)(
    'there is no call %s',
    async (unknown) => {
      const wrong = createClient(wrongContract, connection.link);
      await expect(wrong[unknown]()).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(unknown) as string,
      });
      expect(await client.add({ a: 1, b: 1 })).toBe(2);
    },
  );

  test('an answer that breaks the contract is an error', async () => {
    await expect(client.breakPromise()).rejects.toMatchObject({ key: 'badAnswer', message: /right/ });
  });

  test('what cannot be copied is refused on either side', async () => {
    await expect(client.echo({ run: () => 1 })).rejects.toMatchObject({ key: 'badMessage' });
    await expect(client.returnFunction()).rejects.toBeInstanceOf(AppError);
    expect(await client.add({ a: 1, b: 1 })).toBe(2);
  });

  test('cancelling rejects at once and stops the work', async () => {
    const controller = new AbortController();
    const waiting = client.waitForever({ name: 'first' }, { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await client.getAborted()).toStrictEqual(['first: cancelled']);
  });

  test('a call whose signal has already aborted is not made', async () => {
    const waiting = client.waitForever({ name: 'never' }, { signal: AbortSignal.abort() });
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    expect(await client.getAborted()).toStrictEqual([]);
  });

  test('events arrive in order, before the answer of the call that caused them, until unsubscribed', async () => {
    const heard: unknown[] = [];
    const stop = client.on('counted', (payload) => heard.push([payload.n, ...payload.data]));
    await client.emitThree();
    expect(heard).toStrictEqual([
      [1, 1],
      [2, 2, 2],
      [3, 3, 3, 3],
    ]);
    stop();
    await client.emitThree();
    expect(heard).toHaveLength(3);
  });

  test('an event that breaks the contract does not reach a listener', async () => {
    const problems: AppError[] = [];
    const strict = createClient(testContract, connection.link, {
      onBadMessage: (error) => problems.push(error),
    });
    const heard: unknown[] = [];
    strict.on('counted', (payload) => heard.push(payload));
    await strict.emitWrong();
    expect(heard).toStrictEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ key: 'badMessage', message: /counted: n: expected number/ });
  });

  test('when the far side breaks off, every open call rejects, and every later one', async () => {
    await client.ping();
    const open = [client.waitForever({ name: 'a' }), client.waitForever({ name: 'b' })];
    const outcomes = Promise.allSettled(open);
    connection.breakFarSide();
    for (const outcome of await outcomes)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { key: 'linkClosed' } });
    await expect(client.ping()).rejects.toMatchObject({ key: 'linkClosed' });
  });

  test('closing the near side rejects what is open', async () => {
    const open = client.waitForever({ name: 'a' });
    connection.link.close();
    await expect(open).rejects.toMatchObject({ key: 'linkClosed' });
    let isClosed = false;
    connection.link.onClose(() => (isClosed = true));
    expect(isClosed).toBe(true);
  });
});
