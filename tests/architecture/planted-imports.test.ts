import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const CRUISER = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')

/** Each line: the rule, who imports, what. A target without a folder is a package or a part of Node. */
const PLANTED: [rule: string, from: string, to: string][] = [
  ['nothing-imports-app', 'lib/hosts/commands.ts', 'app/actions.ts'],
  ['nothing-imports-app', 'components/ui/card.tsx', 'app/actions.ts'],
  ['nothing-imports-app', 'scripts/start.ts', 'app/actions.ts'],
  ['lib-knows-no-ui', 'lib/notifications/templates.ts', 'components/ui/button.tsx'],
  ['product-imports-no-workbench', 'app/[locale]/page.tsx', 'prisma/seed/builders.ts'],
  ['product-imports-no-workbench', 'lib/arrivals/queries.ts', 'tests/builders.ts'],
  ['components-only-draw', 'components/hosts/list.tsx', 'lib/hosts/queries.ts'],
  ['components-only-draw', 'components/hosts/offer.tsx', 'lib/hosts/commands.ts'],
  ['components-only-draw', 'components/layout/menu.tsx', 'lib/auth/session.ts'],
  ['components-only-draw', 'components/layout/foot.tsx', 'lib/db/client.ts'],
  ['components-only-draw', 'components/layout/head.tsx', 'lib/config/env.ts'],
  ['components-only-draw', 'components/stay/leave.tsx', 'lib/actions/define-action.ts'],
  ['components-only-draw', 'components/stay/extend.tsx', 'app/actions.ts'],
  ['components-only-draw', 'components/stay/clock.tsx', 'lib/time/clock.ts'],
  ['components-reach-no-server', 'components/stay/page.tsx', 'pg'],
  ['components-know-no-node', 'components/stay/file.tsx', 'node:fs'],
  ['core-is-pure', 'lib/matching/score.ts', 'lib/db/client.ts'],
  ['core-is-pure', 'lib/matching/slots.ts', 'lib/hosts/queries.ts'],
  ['core-is-pure', 'lib/time/day.ts', 'node:fs'],
  ['core-is-pure', 'lib/placements/rules.ts', 'lib/time/clock.ts'],
  ['core-is-pure', 'lib/hosts/schema.ts', 'next'],
  ['core-is-pure', 'lib/hosts/rules.ts', 'pg'],
  ['core-is-pure', 'lib/hosts/rules/rest.ts', 'lib/log.ts'],
  ['core-is-pure', 'lib/result.ts', 'lib/errors.ts'],
  ['app-not-database', 'app/[locale]/host/page.tsx', 'lib/db/client.ts'],
  ['app-not-database', 'app/api/health/route.ts', 'pg'],
  ['only-the-shell-touches-the-database', 'lib/errors.ts', 'lib/db/client.ts'],
  ['api-only-opens-the-door', 'lib/api/serve.ts', 'lib/hosts/commands.ts'],
  ['api-only-opens-the-door', 'lib/api/admit.ts', 'lib/db/client.ts'],
  ['api-only-opens-the-door', 'lib/api/problem.ts', 'lib/auth/session.ts'],
  ['api-endpoints-are-for-its-door', 'app/[locale]/host/page.tsx', 'app/api/v1/endpoints.ts'],
  ['api-endpoints-are-for-its-door', 'lib/actions/define-action.ts', 'lib/api/serve.ts'],
  ['api-endpoints-are-for-its-door', 'components/ui/card.tsx', 'lib/api/schema.ts'],
  ['only-the-shell-touches-the-database', 'lib/notifications/email.ts', 'lib/db/client.ts'],
  ['drivers-stay-behind-their-door', 'lib/arrivals/commands.ts', 'pg'],
  ['queries-only-read', 'lib/placements/queries.ts', 'lib/placements/commands.ts'],
  ['queries-only-read', 'lib/insights/queries.ts', 'lib/notifications/commands.ts'],
  ['commands-keep-to-their-domain', 'lib/arrivals/commands.ts', 'lib/hosts/commands.ts'],
  ['commands-keep-to-their-domain', 'lib/safety/commands/block.ts', 'lib/actions/define-action.ts'],
  ['carriers-only-from-delivery', 'lib/placements/commands/propose.ts', 'lib/notifications/email.ts'],
  ['carriers-only-from-delivery', 'app/[locale]/stay/page.tsx', 'lib/notifications/telegram.ts'],
  ['no-missing-module', 'lib/arrivals/rules.ts', 'lib/arrivals/nowhere.ts'],
]

const ALLOWED: [from: string, to: string][] = [
  ['app/[locale]/coordinate/page.tsx', 'lib/arrivals/queries.ts'],
  ['app/[locale]/coordinate/actions.ts', 'lib/placements/commands/propose.ts'],
  ['components/placements/candidate-list.tsx', 'lib/matching/score.ts'],
  ['components/placements/candidate-form.tsx', 'lib/actions/state.ts'],
  ['lib/rounds/rules.ts', 'lib/matching/score.ts'],
  ['lib/rounds/schema.ts', 'zod'],
  ['lib/rounds/queries.ts', 'lib/db/client.ts'],
  ['lib/rounds/commands.ts', 'lib/placements/queries.ts'],
  ['lib/rounds/commands/approve.ts', 'lib/audit/commands.ts'],
  ['lib/rounds/commands/tell.ts', 'lib/notifications/commands.ts'],
  ['lib/rounds/commands/tell.ts', 'lib/time/clock.ts'],
  ['lib/rounds/queries.ts', 'lib/time/clock.ts'],
  ['lib/notifications/deliver.ts', 'lib/notifications/push.ts'],
  ['lib/jobs/deliver.ts', 'lib/notifications/deliver.ts'],
  ['prisma/seed.ts', 'lib/db/client.ts'],
]

const PACKAGES = ['pg', 'next', 'zod']

interface Violation {
  from: string
  to: string
  rule: { name: string }
}

function isInTree(target: string): boolean {
  return target.includes('/') && !target.startsWith('node:')
}

function plant(folder: string): void {
  const imports = new Map<string, string[]>([['lib/arrivals/one.ts', ['lib/arrivals/two.ts']], ['lib/arrivals/two.ts', ['lib/arrivals/one.ts']]])
  const pairs = [...PLANTED.map(([, from, to]) => [from, to] as const), ...ALLOWED]
  for (const [from, to] of pairs) imports.set(from, [...(imports.get(from) ?? []), to])
  for (const [, to] of pairs) if (isInTree(to) && !to.includes('nowhere')) imports.set(to, imports.get(to) ?? [])
  for (const [path, targets] of imports) {
    const lines = targets.map((to) => `import '${isInTree(to) ? `@/${to.replace(/\.tsx?$/, '')}` : to}'`)
    write(join(folder, path), `${lines.join('\n')}\nexport {}\n`)
  }
  for (const name of PACKAGES) {
    write(join(folder, 'node_modules', name, 'package.json'), JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
    write(join(folder, 'node_modules', name, 'index.js'), '')
  }
  write(join(folder, 'package.json'), JSON.stringify({ name: 'planted', dependencies: Object.fromEntries(PACKAGES.map((name) => [name, '1.0.0'])) }))
  write(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { module: 'esnext', moduleResolution: 'bundler', paths: { '@/*': ['./*'] } } }))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

function cruise(folder: string): Violation[] {
  const output = execFileSync(
    process.execPath,
    [CRUISER, '--config', join(ROOT, '.dependency-cruiser.cjs'), '--output-type', 'json', 'app', 'components', 'lib', 'prisma', 'scripts', 'tests'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  return (JSON.parse(output) as { summary: { violations: Violation[] } }).summary.violations
}

describe('planted in a tree', () => {
  const folder = mkdtempSync(join(tmpdir(), 'qonaq-planted-'))
  let violations: Violation[] = []

  beforeAll(() => {
    plant(folder)
    violations = cruise(folder)
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  test.each(PLANTED)('%s is seen: %s imports %s', (rule, from, to) => {
    const name = isInTree(to) ? to.replace(/\.tsx?$/, '') : to.replace('node:', '')
    const names = violations.filter((one) => one.from === from && one.to.includes(name)).map((one) => one.rule.name)
    expect(names).toContain(rule)
  })

  test('no-cycles is seen: two files need each other', () => {
    expect(violations.filter(({ from }) => from === 'lib/arrivals/one.ts').map(({ rule }) => rule.name)).toContain('no-cycles')
  })

  test.each(ALLOWED)('%s may import %s', (from, to) => {
    expect(violations.filter((one) => one.from === from && one.to.includes(to))).toEqual([])
  })
})
