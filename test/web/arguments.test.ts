import { expect, test } from 'vitest';
import { readWebArguments } from '../../src/web/arguments.ts';

test('without arguments any free port is taken', () => {
  expect(readWebArguments([])).toStrictEqual({ port: 0, home: undefined, exitWithPage: false });
});

test('all arguments together', () => {
  expect(
    readWebArguments(['--port', '8080', '--home', '/tmp/h', '--exit-with-page', '--no-open']),
  ).toStrictEqual({
    port: 8080,
    home: '/tmp/h',
    exitWithPage: true,
  });
});

test.each([
  [['--port', '70000'], /--port must be 0 to 65535, not "70000"/],
  [['--port', 'x'], /"x"/],
  [['--port=-1'], /"-1"/],
  [['--port', '80.5'], /"80.5"/],
  [['--port'], /--port/],
  [['--wrong'], /--wrong/],
  [['stray'], /stray/],
])('%j is refused by name', (args, problem) => {
  expect(() => readWebArguments(args)).toThrow(problem);
});
