/** Imported first in a process: from then on `electron` is the fake. */
import { registerHooks } from 'node:module';

registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === 'electron'
      ? { url: new URL('index.ts', import.meta.url).href, shortCircuit: true }
      : nextResolve(specifier, context),
});
