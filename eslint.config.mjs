import globals from 'globals';
import hooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** A bypass of React's escaping: what people write to us must never become markup in the admin panel. */
const NO_RAW_HTML = {
  selector:
    ':matches(JSXAttribute[name.name="dangerouslySetInnerHTML"], Property[key.name="dangerouslySetInnerHTML"])',
  message: 'Text of other people is never rendered as HTML.',
};

export default tseslint.config(
  {
    ignores: [
      '**/dist/',
      '**/node_modules/',
      '.tmp/',
      'coverage/',
      'playground/{.tmp,.strapi,types,private,database}/',
    ],
  },
  ...tseslint.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-syntax': ['error', NO_RAW_HTML],
      'no-control-regex': 'error',
      'no-fallthrough': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-expect-error': 'allow-with-description', 'ts-ignore': true },
      ],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
    },
  },
  {
    files: ['{server,admin,simulator}/src/**/*.{ts,tsx}'],
    ignores: ['simulator/src/cli.ts'],
    rules: { 'no-console': 'error' },
  },
  {
    files: ['server/**/contract.ts', 'admin/**/api-types.ts'],
    /** A contract gives each endpoint a namespace: `SendMessage.Body`, `SendMessage.Response`. */
    rules: { '@typescript-eslint/no-namespace': 'off' },
  },
  {
    files: ['admin/src/**/*.{ts,tsx}', 'tests/admin/**/*.{ts,tsx}', 'playground/src/admin/**/*.tsx'],
    plugins: { 'react-hooks': hooks },
    languageOptions: { globals: globals.browser },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    files: ['**/*.{cjs,js}', 'tests/**'],
    languageOptions: { globals: { ...globals.node, ...globals.jest } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  { files: ['scripts/**', 'bench/**'], languageOptions: { globals: globals.node } },
);
