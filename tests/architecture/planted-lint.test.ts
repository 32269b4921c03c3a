import { ESLint } from 'eslint'
import { beforeAll, describe, expect, test } from 'vitest'

const TIME = 'lib/time/day.ts'
const RULES = 'lib/hosts/rules.ts'
const QUERIES = 'lib/hosts/queries.ts'
const CARD = 'components/ui/card.tsx'
const PAGE = 'app/[locale]/need/page.tsx'
const CLOCK = 'house/no-clock-or-chance'
const longFunction = `export function long(n: number) {\n${'  n += 1\n'.repeat(60)}  return n\n}\n`
const branches = Array.from({ length: 10 }, (_, i) => `  if (n === ${String(i)}) return ${String(i)}\n`).join('')

/** Each line: the rule, the file the snippet pretends to be, the snippet. */
const PLANTED: [rule: string, path: string, code: string][] = [
  [CLOCK, TIME, 'export const now = () => Date.now()'],
  [CLOCK, RULES, 'export const now = () => new Date()'],
  [CLOCK, 'lib/matching/score.ts', 'export const luck = () => Math.random()'],
  [CLOCK, 'lib/hosts/schema/room.ts', 'export const now = () => Date()'],
  [CLOCK, CARD, 'export const Card = () => <p>{new Date().getFullYear()}</p>'],
  ['house/no-unsafe-raw', QUERIES, 'export const all = (db: any, sql: string) => db.$queryRawUnsafe(sql)'],
  ['house/no-unsafe-raw', QUERIES, "export const all = (db: any, sql: string) => db['$executeRawUnsafe'](sql)"],
  ['house/no-unsafe-raw', QUERIES, 'export const all = (Prisma: any, sql: string) => Prisma.raw(sql)'],
  ['house/env-in-one-place', QUERIES, "export const url = process.env['DATABASE_URL']"],
  ['house/env-in-one-place', PAGE, 'const { env } = process; export const url = env'],
  ['house/env-in-one-place', QUERIES, "import { env } from 'node:process'; export const url = env"],
  ['house/no-raw-html', CARD, 'export const Card = ({ html }: { html: string }) => <p dangerouslySetInnerHTML={{ __html: html }} />'],
  ['house/no-raw-html', CARD, 'export function show(node: Element, html: string) { node.innerHTML = html }'],
  ['house/one-writer', 'lib/hosts/commands.ts', 'export const take = (db: any) => db.placement.create({})'],
  ['house/one-writer', 'lib/arrivals/commands.ts', 'export const drop = (tx: any) => tx.hold.deleteMany({})'],
  ['house/one-writer', 'lib/jobs/lapse.ts', 'export const drop = (tx: any) => tx.$executeRaw`delete from hold where true`'],
  ['house/one-writer', QUERIES, 'export const sql = "INSERT INTO \\"yes\\" (side) values (1)"'],
  ['house/one-writer', QUERIES, 'export const move = (tx: any) => tx.$executeRaw`update placement set state = 1`'],
  ['house/no-coerce', 'lib/hosts/schema.ts', "import { z } from 'zod'; export const n = z.coerce.number()"],
  ['house/named-exports', RULES, 'export default function rule() { return 1 }'],
  ['house/named-exports', 'app/[locale]/need/actions.ts', 'export default 1'],
  ['house/named-exports', RULES, "export * from './schema'"],
  ['no-restricted-imports', QUERIES, "import { exec } from 'node:child_process'; export const run = exec"],
  ['no-restricted-imports', PAGE, "import { exec } from 'child_process'; export const run = exec"],
  ['max-lines', QUERIES, '\n'.repeat(251)],
  ['max-lines-per-function', RULES, longFunction],
  ['complexity', RULES, `export function pick(n: number) {\n${branches}  return n\n}\n`],
  ['no-warning-comments', RULES, '// Todo: later\nexport const n = 1'],
  ['func-style', RULES, 'export const pick = function () { return 1 }'],
  ['react-hooks/rules-of-hooks', CARD, "import { useState } from 'react'; export function Card({ on }: { on: boolean }) { if (on) useState(1); return null }"],
  ['jsx-a11y/alt-text', CARD, 'export const Card = () => <img src="/a.svg" />'],
  ['@typescript-eslint/no-explicit-any', RULES, 'export const n: any = 1'],
  ['@typescript-eslint/ban-ts-comment', RULES, '// @ts-ignore\nexport const n = 1'],
]

/** These rules read types, so the snippet stands in a file that the TypeScript project has. */
const PLANTED_TYPED: [rule: string, code: string][] = [
  ['@typescript-eslint/no-floating-promises', 'export function go() { Promise.resolve(1) }'],
  ['@typescript-eslint/switch-exhaustiveness-check', "export function say(side: 'HOST' | 'GUEST') { switch (side) { case 'HOST': return 1 } return 2 }"],
  ['@typescript-eslint/no-unsafe-assignment', "export const n: number = JSON.parse('1')"],
  ['@typescript-eslint/no-misused-promises', 'export const found = (list: number[]) => list.filter(async () => true)'],
]

const ALLOWED: [rule: string, path: string, code: string][] = [
  [CLOCK, QUERIES, 'export const now = () => new Date()'],
  [CLOCK, TIME, 'export const day = (at: number) => new Date(at)'],
  ['house/one-writer', 'lib/placements/commands/propose.ts', 'export const take = (db: any) => db.placement.create({})'],
  ['house/one-writer', QUERIES, 'export const read = (db: any) => db.$queryRaw`select * from placement where updated_at is null`'],
  ['house/env-in-one-place', 'lib/config/env.ts', "export const url = process.env['DATABASE_URL']"],
  ['house/named-exports', PAGE, 'export default function Page() { return null }'],
  ['house/no-unsafe-raw', QUERIES, 'export const all = (db: any) => db.$queryRaw`select 1`'],
]

async function rulesBroken(eslint: ESLint, filePath: string, code: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(code, { filePath })
  return (result?.messages ?? []).map((message) => message.fatal === true ? `fatal: ${message.message}` : message.ruleId)
}

describe('planted in a snippet', () => {
  let untyped: ESLint
  let typed: ESLint

  beforeAll(async () => {
    typed = new ESLint()
    // Rules that read types would look for the pretended file on disk; they have their own table below.
    const withTypes = Object.keys((await typed.calculateConfigForFile(TIME) as { rules: object }).rules)
      .filter((name) => name.startsWith('@typescript-eslint/') && !['no-explicit-any', 'ban-ts-comment'].some((kept) => name.endsWith(kept)))
    untyped = new ESLint({
      overrideConfig: {
        files: ['**/*.{ts,tsx}'],
        languageOptions: { parserOptions: { projectService: false, project: null } },
        rules: Object.fromEntries(withTypes.map((name) => [name, 'off'])),
      },
    })
  })

  test.each(PLANTED)('%s is seen in %s: %s', async (rule, path, code) => {
    expect(await rulesBroken(untyped, path, code)).toContain(rule)
  })

  test.each(PLANTED_TYPED)('%s is seen: %s', async (rule, code) => {
    expect(await rulesBroken(typed, 'lib/result.ts', code)).toContain(rule)
  })

  test.each(ALLOWED)('%s leaves %s alone: %s', async (rule, path, code) => {
    const broken = await rulesBroken(untyped, path, code)
    expect(broken).not.toContain(rule)
    expect(broken.filter((name) => name?.startsWith('fatal'))).toEqual([])
  })

  test('a comment cannot switch a rule off', async () => {
    const code = `// eslint-disable-next-line ${CLOCK}\nexport const now = () => Date.now()`
    expect(await rulesBroken(untyped, TIME, code)).toContain(CLOCK)
  })
})
