import js from '@eslint/js';
import vitest from '@vitest/eslint-plugin';
import { defineConfig } from 'eslint/config';
import prettier from 'eslint-config-prettier';
import astro from 'eslint-plugin-astro';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y-x';
import playwright from 'eslint-plugin-playwright';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

/** Who may import whom. A folder that is not named as allowed is out of reach, and the message says where to look. */
const layers = [
  { of: 'src/protocol', may: [], because: 'the protocol is a function of bytes and imports nothing of ours' },
  {
    of: 'src/contract',
    may: ['src/protocol'],
    because: 'the contract is what both sides say: types and parsers',
  },
  {
    of: 'src/derive',
    may: ['src/protocol', 'src/contract'],
    because: 'a derivation is a pure function of the log; what has a life belongs to src/lab',
  },
  { of: 'src/resilient-socket', may: [], because: 'a learner shall be able to copy that folder as it is' },
  {
    of: 'src/use-websocket',
    may: ['src/resilient-socket'],
    because: 'a learner shall be able to copy that folder and the resilient socket',
  },
  { of: 'src/lab', may: ['src/protocol', 'src/contract', 'src/derive'], because: 'src/lab knows no view' },
  {
    of: 'src/ui',
    may: ['src/protocol', 'src/contract', 'src/derive'],
    because: 'a shared part takes its data as props; what speaks to the sandbox is a widget',
  },
  {
    of: 'sandbox-server',
    may: ['src/protocol', 'src/contract', 'src/derive', 'src/resilient-socket'],
    because: 'the sandbox knows nothing of the browser’s side',
  },
  {
    of: 'lessons/challenges',
    may: ['src/protocol', 'src/derive', 'src/contract'],
    because: 'a judge reads the log',
  },
];
const folders = [
  'src/protocol',
  'src/contract',
  'src/derive',
  'src/resilient-socket',
  'src/use-websocket',
  'src/lab',
  'src/ui',
  'src/widgets',
  'src/components',
  'src/pages',
  'sandbox-server',
  'lessons',
  'test',
];
const zones = layers.map(({ of, may, because }) => ({
  target: `./${of}`,
  from: folders
    .filter((folder) => folder !== of && !of.startsWith(`${folder}/`) && !may.includes(folder))
    .map((folder) => `./${folder}`),
  message: `${because} (CONTRIBUTING.md, "Who may import whom").`,
}));

export default defineConfig(
  {
    ignores: [
      'dist/',
      '.astro/',
      'test-results/',
      'playwright-report/',
      'lessons/samples/',
      '.config/*.json',
    ],
  },
  js.configs.recommended,
  ...astro.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.recommendedTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    plugins: { 'import-x': importX },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/use-unknown-in-catch-callback-variable': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: false }],
      '@typescript-eslint/dot-notation': 'off', // The compiler demands brackets for index signatures.
      'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname + '/..', zones }],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.{ts,tsx}', 'sandbox-server/**/*.ts'],
    rules: { 'max-lines-per-function': ['error', { max: 80, skipBlankLines: true, skipComments: true }] },
  },
  {
    files: ['src/protocol/**', 'src/contract/**', 'src/derive/**', 'lessons/challenges/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        ...['Date', 'performance', 'setTimeout', 'setInterval', 'fetch', 'WebSocket'].map((name) => ({
          name,
          message: 'A pure layer has no clock and no socket: pass the value in.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'A pure layer has no chance: pass the number in.' },
      ],
    },
  },
  {
    files: ['src/**/*.tsx'],
    plugins: { 'jsx-a11y-x': jsxA11y, 'react-hooks': reactHooks },
    languageOptions: { globals: globals.browser },
    rules: { ...jsxA11y.configs.recommended.rules, ...reactHooks.configs.recommended.rules },
  },
  {
    files: ['test/**/*.test.ts'],
    plugins: { vitest },
    rules: {
      // A table of cases is one idea, however long.
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      ...vitest.configs.recommended.rules,
      'vitest/no-focused-tests': 'error',
      // A message beside the value tells which of many cases failed.
      'vitest/valid-expect': ['error', { maxArgs: 2 }],
      // A property asks different things of different inputs.
      'vitest/no-conditional-expect': 'off',
      // A method is looked at, not called, in an assertion about it.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { ...playwright.configs['flat/recommended'], files: ['test/e2e/**/*.ts'] },
  { files: ['**/*.mjs'], languageOptions: { globals: globals.node } },
  prettier,
);
