import js from '@eslint/js';
import jsdoc from 'eslint-plugin-jsdoc';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['coverage/', 'dist/', 'reports/', '.stryker-tmp/', '.serverless/', '.esbuild/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { requireDefaultForNonUnion: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/naming-convention': [
        'error',
        // A field of an AWS API keeps its name in a variable.
        { selector: 'variable', format: ['camelCase', 'UPPER_CASE', 'PascalCase'] },
        { selector: 'variable', modifiers: ['destructured'], format: null },
        { selector: 'function', format: ['camelCase'] },
        { selector: 'typeLike', format: ['PascalCase'] },
      ],
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: "TSPropertySignature[key.name='kind'] TSLiteralType > Literal[value=/ /]",
          message: 'Write the words of a kind with hyphens between them.',
        },
        {
          selector: 'TSUnionType:has(> TSBooleanKeyword):has(> TSUndefinedKeyword)',
          message: 'Three values have names: see Trivalent.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { jsdoc },
    rules: { 'jsdoc/require-throws': ['error', { contexts: ['ExportNamedDeclaration > FunctionDeclaration'] }] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // chai's assertions are property reads, and a test says what it expects of a value that may be absent.
      '@typescript-eslint/no-unused-expressions': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { __filename: 'readonly', module: 'readonly', require: 'readonly' } },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
    rules: { 'no-console': 'off' },
  },
);
