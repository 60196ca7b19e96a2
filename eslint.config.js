import { dirname, resolve, sep } from 'node:path';
import eslint from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';

/** Which rooms of src/ a room may import from; the arrows of docs/ARCHITECTURE.md. */
const ARROWS = {
  shared: ['shared'],
  core: ['core', 'shared'],
  engine: ['engine', 'shared'],
  main: ['main', 'core', 'shared'],
  web: ['web', 'core', 'shared'],
  cli: ['cli', 'web', 'core', 'shared'],
  preload: ['preload', 'shared'],
  renderer: ['renderer', 'shared'],
};
const SRC = resolve(import.meta.dirname, 'src') + sep;
const roomOf = (path) => (path.startsWith(SRC) ? path.slice(SRC.length).split(sep)[0] : undefined);

/** Reports an import that goes against the arrows, and a package that a room may not load. */
const arrows = {
  meta: {
    type: 'problem',
    schema: [],
    messages: { arrow: '{{from}} may not import from {{to}}', pack: '{{from}} may not import {{to}}' },
  },
  create(context) {
    const room = roomOf(context.filename);
    if (!room) return {};
    const check = (node) => {
      const target = node.source?.value;
      if (typeof target !== 'string') return;
      if (target.startsWith('.')) {
        const to = roomOf(resolve(dirname(context.filename), target));
        if (!ARROWS[room]?.includes(to))
          context.report({ node, messageId: 'arrow', data: { from: room, to: String(to) } });
      } else if (room === 'shared' && target !== 'zod') {
        context.report({ node, messageId: 'pack', data: { from: room, to: target } });
      } else if (target === 'electron' && room !== 'main' && room !== 'preload') {
        context.report({ node, messageId: 'pack', data: { from: room, to: target } });
      }
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};

const rawIpc = {
  name: 'electron',
  importNames: ['ipcMain', 'ipcRenderer'],
  message: 'Raw Electron IPC belongs in src/main/ipc.ts and src/preload only.',
};
const tfjs = { group: ['@tensorflow/*'], message: 'tfjs-node is loaded in src/engine/tensorflow.ts only.' };

export default tseslint.config(
  { ignores: ['node_modules', 'out', 'dist', 'test-results', 'playwright-report', '.cache'] },
  eslint.configs.recommended,
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-undef': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.svelte'],
    plugins: { studio: { rules: { arrows } } },
    rules: {
      'studio/arrows': 'error',
      'max-params': ['error', 3],
      'no-restricted-imports': ['error', { paths: [rawIpc], patterns: [tfjs] }],
      'no-restricted-syntax': [
        'error',
        { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' },
      ],
    },
  },
  { files: ['src/engine/tensorflow.ts'], rules: { 'no-restricted-imports': ['error', { paths: [rawIpc] }] } },
  {
    files: ['src/main/ipc.ts', 'src/preload/**'],
    rules: { 'no-restricted-imports': ['error', { patterns: [tfjs] }] },
  },
);
