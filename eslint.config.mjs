import { defineConfig } from 'eslint/config'
import next from 'eslint-config-next/core-web-vitals'
import tseslint from 'typescript-eslint'
import { house } from './eslint.house.mjs'

const TYPESCRIPT = ['**/*.{ts,tsx}']
const PRODUCT = ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}', 'lib/**/*.{ts,tsx}', '*.ts']
const SCREENS = ['app/**/*.{ts,tsx}', 'components/**/*.{ts,tsx}']
const TESTS = ['tests/**/*.{ts,tsx}']
const CONFIGURATION = ['*.config.{ts,mjs,cjs,js}', '.*.cjs', 'eslint.house.mjs']

/** Same answer for the same arguments: no clock, no chance, no I/O (docs/adr/0001-four-file-names.md). */
const PURE = [
  'lib/{matching,time,places}/**',
  'lib/result.ts',
  'lib/*/{schema,rules}.ts',
  'lib/*/{schema,rules}/**',
  'components/**',
]

/** The files Next loads by name and whose default export it calls. */
const NEXT_DEFAULTS = [
  'app/**/{page,layout,template,loading,error,not-found,default,global-error,global-not-found,forbidden,unauthorized}.tsx',
  'app/**/{icon,apple-icon,opengraph-image,twitter-image,sitemap,robots,manifest}.{ts,tsx}',
  'lib/i18n/request.ts',
]

export default defineConfig(
  {
    ignores: ['node_modules/**', '.next/**', '.data/**', '.test/**', '**/generated/**', 'public/**', 'test-results/**', 'next-env.d.ts'],
  },
  // A comment cannot switch a rule off: an exception is made here, in sight, or not at all.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' } },

  {
    name: 'house/typed',
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { allowDefaultCaseForExhaustiveSwitch: false, requireDefaultForNonUnion: true },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, 'ts-ignore': true, 'ts-nocheck': true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: 'only-allowed-literals' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Server actions and ports must be async for their callers' sake, whether or not they wait.
      '@typescript-eslint/require-await': 'off',
      // Taste, not safety: both spellings read well.
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/array-type': 'off',
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
    },
  },

  {
    name: 'house/everywhere',
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    plugins: { house },
    rules: {
      eqeqeq: 'error',
      'no-alert': 'error',
      'no-cond-assign': 'error',
      'no-constant-condition': ['error', { checkLoops: 'allExceptWhileTrue' }],
      'no-debugger': 'error',
      'no-empty': 'error',
      'no-eval': 'error',
      'no-fallthrough': 'error',
      'no-irregular-whitespace': 'error',
      'no-misleading-character-class': 'error',
      'no-new-func': 'error',
      'no-unreachable': 'error',
      'no-unsafe-finally': 'error',
      'no-useless-escape': 'error',
      'preserve-caught-error': 'error',
      'func-style': ['error', 'declaration', { allowArrowFunctions: true }],
      'no-console': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'hack'], location: 'anywhere' }],
      'house/no-raw-html': 'error',
      'house/no-coerce': 'error',
      'house/no-unsafe-raw': 'error',
      'house/env-in-one-place': 'error',
      'house/named-exports': 'error',
      'house/one-writer': 'error',
    },
  },

  {
    name: 'house/size',
    files: ['**/*.{ts,tsx,mjs,cjs}'],
    ignores: TESTS,
    rules: {
      complexity: ['error', 10],
      'max-lines': ['error', 250],
      'max-lines-per-function': ['error', { max: 60, skipComments: true }],
      'max-depth': ['error', 3],
      'max-params': ['error', 4],
    },
  },

  {
    name: 'house/screens',
    files: SCREENS,
    extends: [next.filter((part) => !('ignores' in part))],
    settings: { react: { version: '19.3' }, next: { rootDir: '.' } },
    languageOptions: { parser: tseslint.parser },
    rules: {
      'jsx-a11y/anchor-is-valid': 'error',
      'jsx-a11y/alt-text': 'error',
      'jsx-a11y/aria-props': 'error',
      'jsx-a11y/aria-proptypes': 'error',
      'jsx-a11y/aria-role': 'error',
      'jsx-a11y/aria-unsupported-elements': 'error',
      'jsx-a11y/heading-has-content': 'error',
      'jsx-a11y/label-has-associated-control': ['error', { assert: 'either', depth: 4 }],
      'jsx-a11y/no-access-key': 'error',
      'jsx-a11y/no-autofocus': 'error',
      'jsx-a11y/no-redundant-roles': 'error',
      'jsx-a11y/role-has-required-aria-props': 'error',
      'jsx-a11y/role-supports-aria-props': 'error',
      'jsx-a11y/tabindex-no-positive': 'error',
    },
  },

  { name: 'house/pure', files: PURE, rules: { 'house/no-clock-or-chance': 'error' } },

  {
    name: 'house/no-processes',
    files: PRODUCT,
    rules: { 'no-restricted-imports': ['error', { paths: ['child_process', 'node:child_process', 'cluster', 'node:cluster'] }] },
  },

  // Where a rule gives way, and why.
  // The server's clock has one door; a page that nobody touches is timed by the phone's own.
  { name: 'house/the-clock', files: ['lib/time/clock.ts', 'components/stay/idle-watch.ts'], rules: { 'house/no-clock-or-chance': 'off' } },
  { name: 'house/the-writer', files: ['lib/placements/commands.ts', 'lib/placements/commands/**'], rules: { 'house/one-writer': 'off' } },
  // Next replaces NODE_ENV and NEXT_RUNTIME in its own two files while it builds.
  { name: 'house/the-reader', files: ['lib/config/env.ts', 'proxy.ts', 'instrumentation.ts', 'scripts/**', ...CONFIGURATION], rules: { 'house/env-in-one-place': 'off' } },
  { name: 'house/defaults', files: [...NEXT_DEFAULTS, ...CONFIGURATION], rules: { 'house/named-exports': 'off' } },
  { name: 'house/talks', files: ['scripts/**', 'prisma/**'], rules: { 'no-console': 'off' } },
  {
    // Tests plant what must be refused, read untyped answers, and tell long stories.
    name: 'house/tests',
    files: TESTS,
    rules: {
      'house/one-writer': 'off',
      'house/no-unsafe-raw': 'off',
      'house/env-in-one-place': 'off',
      'house/no-raw-html': 'off',
      'no-console': 'off',
      'max-lines': ['error', 500],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  { name: 'house/test-hooks', files: ['tests/**/*{setup,teardown,reporter}*.ts'], rules: { 'house/named-exports': 'off' } },
)
