/** A small contract and its service, to try links with. */
import { z } from 'zod';
import { fail } from '../../../src/shared/errors.ts';
import { call, defineContract, type Service } from '../../../src/shared/rpc/contract.ts';
import { createEmitter, type Emitter } from '../../../src/shared/rpc/emitter.ts';

export const testContract = defineContract({
  calls: {
    add: call(z.object({ a: z.number(), b: z.number() }), z.number()),
    ping: call(z.void(), z.void()),
    echo: call(z.unknown(), z.unknown()),
    failKnown: call(z.void(), z.void()),
    failUnknown: call(z.void(), z.void()),
    breakPromise: call(z.void(), z.object({ right: z.string() })),
    returnFunction: call(z.void(), z.unknown()),
    /** Ends only when it is cancelled or its link closes; `getAborted` then tells why. */
    waitForever: call(z.object({ name: z.string() }), z.void()),
    getAborted: call(z.void(), z.array(z.string())),
    emitThree: call(z.void(), z.void()),
    emitWrong: call(z.void(), z.void()),
  },
  events: { counted: z.object({ n: z.int(), data: z.instanceof(Uint8Array) }) },
});
export type TestContract = typeof testContract;

export interface TestApp {
  service: Service<TestContract>;
  events: Emitter<TestContract>;
  /** Names of the `waitForever` calls whose signal has aborted, with the code of the reason. */
  aborted: string[];
}

export function createTestApp(): TestApp {
  const events = createEmitter(testContract);
  const aborted: string[] = [];
  const service: Service<TestContract> = {
    add: ({ a, b }) => a + b,
    ping: () => undefined,
    echo: (value) => value,
    failKnown: () => fail('modelNotFound', { name: 'x', known: 'default' }),
    failUnknown: () => Promise.reject(new TypeError('a bug')),
    breakPromise: () => ({ wrong: 1 }) as unknown as { right: string },
    returnFunction: () => () => 1,
    waitForever: ({ name }, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener('abort', () => {
          aborted.push(`${name}: ${(signal.reason as { code: string }).code}`);
          reject(signal.reason as Error);
        });
      }),
    getAborted: () => aborted,
    emitThree() {
      for (const n of [1, 2, 3]) events.emit('counted', { n, data: new Uint8Array(n).fill(n) });
    },
    emitWrong: () =>
      events.emit('counted', { n: 'one' } as unknown as { n: number; data: Uint8Array<ArrayBuffer> }),
  };
  return { service, events, aborted };
}
