import { defineConfig } from 'vitest/config';

/** Tests that take minutes: comparisons with other libraries (`npm run test:peers`) and long runs (`npm run test:long`). */
const project = (name: string) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    environment: 'node' as const,
    pool: 'forks' as const,
    testTimeout: 600_000,
    hookTimeout: 600_000,
  },
});

export default defineConfig({
  test: { projects: [project('peers'), project('long')], fileParallelism: false },
});
