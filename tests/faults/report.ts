import type { Check, PartReport } from './part'

/** The last line of every run, for other programs. */
export interface Summary {
  operations: number
  /** Of PostgreSQL and of web processes; ended connections and workers stand in the report. */
  kills: number
  violations: number
  lost: number
  duplicated: number
  naiveViolations: number
}

/** Fewer, and the harness would be blind: the same load without locks and constraints must go wrong. */
export const LEAST_NAIVE = 100

const sum = (parts: readonly PartReport[], of: (part: PartReport) => number) => parts.reduce((total, part) => total + of(part), 0)
const numberIn = (part: PartReport | undefined, figure: string): number => Number(part?.figures[figure] ?? 0)

export function summaryOf(parts: readonly PartReport[]): Summary {
  return {
    operations: sum(parts, ({ operations }) => operations),
    kills: sum(parts, ({ kills }) => kills.postgres + kills.web),
    violations: sum(parts, ({ violations }) => violations.count),
    lost: sum(parts, ({ lost }) => lost.count),
    duplicated: sum(parts, ({ duplicated }) => duplicated.count),
    naiveViolations: numberIn(parts.find(({ name }) => name === 'naive'), 'naiveViolations'),
  }
}

/** What certain parts must have done in a run of a length, or it proves less than it says. What others do makes up for nothing. */
export interface Promised {
  by: readonly string[]
  least: number
  what: 'operations' | 'kills of PostgreSQL' | 'kills of web processes'
}

const KILLS = (least: number): readonly Promised[] => [
  { by: ['crash'], least, what: 'kills of PostgreSQL' },
  { by: ['web'], least, what: 'kills of web processes' },
]
export const PROMISED: Readonly<Record<'full' | 'short', readonly Promised[]>> = {
  full: [{ by: ['commands'], least: 1_000_000, what: 'operations' }, { by: ['http'], least: 50_000, what: 'operations' }, ...KILLS(200)],
  short: [{ by: ['crash', 'http'], least: 20_000, what: 'operations' }, ...KILLS(10)],
}

const DONE: Readonly<Record<Promised['what'], (part: PartReport) => number>> = {
  'operations': ({ operations }) => operations,
  'kills of PostgreSQL': ({ kills }) => kills.postgres,
  'kills of web processes': ({ kills }) => kills.web,
}

function keptPromise(parts: readonly PartReport[], { by, least, what }: Promised): Check {
  const done = sum(parts.filter(({ name }) => by.includes(name)), DONE[what])
  return { name: `as much was done as was promised: ${least} ${what} by ${by.join(' and ')}`, ok: done >= least, found: String(done) }
}

/** What is said of all parts together. */
export function statementsOf(parts: readonly PartReport[], promised: readonly Promised[]): Check[] {
  const { violations, lost, duplicated, naiveViolations } = summaryOf(parts)
  const such = (kind: 'violations' | 'lost' | 'duplicated') => parts.flatMap((part) => part[kind].first).slice(0, 3).map((line) => line.split('\n')[0]).join('; ')
  const statements = [
    { name: 'no statement about the data is violated', ok: violations === 0, found: `${violations}, such as ${such('violations')}` },
    { name: 'no acknowledged write is lost', ok: lost === 0, found: `${lost}, such as ${such('lost')}` },
    { name: 'nothing is done twice', ok: duplicated === 0, found: `${duplicated}, such as ${such('duplicated')}` },
  ]
  if (parts.some(({ name }) => name === 'naive')) {
    statements.push({ name: `the naive arm makes at least ${LEAST_NAIVE} violations`, ok: naiveViolations >= LEAST_NAIVE, found: String(naiveViolations) })
  }
  return [...statements, ...promised.map((one) => keptPromise(parts, one))]
}

const inWords = (of: string) => (check: Check) => `${of}: ${check.name} (${check.found ?? ''})`

/** Everything that is not true, in words. */
export function failuresOf(parts: readonly PartReport[], statements: readonly Check[]): string[] {
  return [
    ...parts.flatMap(({ name, checks }) => checks.filter(({ ok }) => !ok).map(inWords(name))),
    ...statements.filter(({ ok }) => !ok).map(inWords('all')),
  ]
}

const lengthOf = (part: PartReport | undefined) => ({
  operations: part?.operations ?? 0, acknowledged: part?.acknowledged ?? 0,
  perSecond: part && part.seconds > 0 ? Math.round(part.operations / part.seconds) : 0, seconds: Math.round(part?.seconds ?? 0),
})

/** What a run came to. */
export interface Concluded {
  parts: readonly PartReport[]
  statements: readonly Check[]
  summary: Summary
  /** Why the run did not succeed, in words; none: it did. */
  failures: readonly string[]
}

export function conclude(parts: readonly PartReport[], promised: readonly Promised[] = []): Concluded {
  const statements = statementsOf(parts, promised)
  return { parts, statements, summary: summaryOf(parts), failures: failuresOf(parts, statements) }
}

export interface Dated {
  date: string
  commit: string
  seed: number
}

/** The dated file: what the page about proof reads, and everything else that was found. */
export function datedReport({ date, commit, seed }: Dated, { parts, statements, failures }: Concluded) {
  const of = (name: string) => parts.find((part) => part.name === name)
  const { violations, lost, duplicated, naiveViolations } = summaryOf(parts)
  return {
    date, commit,
    seeds: { run: seed, ...Object.fromEntries(parts.map((part) => [part.name, part.figures['seeds'] ?? [part.seed]])) },
    commands: { ...lengthOf(of('commands')), backendKills: of('commands')?.kills.backends ?? 0 },
    http: { ...lengthOf(of('http')), webKills: (of('http')?.kills.web ?? 0) + (of('web')?.kills.web ?? 0) },
    postgresKills: sum(parts, ({ kills }) => kills.postgres),
    webKills: sum(parts, ({ kills }) => kills.web),
    workerKills: sum(parts, ({ kills }) => kills.worker),
    violations, lost, duplicated,
    naive: { operations: of('naive')?.operations ?? 0, violations: naiveViolations },
    model: { sequences: of('model')?.operations ?? 0 },
    races: { pairs: of('races')?.operations ?? 0 },
    statements,
    failures,
    parts,
  }
}

const checkLine = ({ name, ok, found }: Check) => `- ${ok ? 'holds' : '**does not hold**'}: ${name}${found === undefined ? '' : ` — ${found}`}`

function partLines({ name, seed, seconds, operations, acknowledged, kills, checks, figures }: PartReport): string[] {
  const { tally: _long, ...short } = figures
  return [
    '', `## ${name}`, '',
    `Seed ${seed}, ${Math.round(seconds)} s, ${operations} operations, ${acknowledged} acknowledged; killed: PostgreSQL ${kills.postgres}, web ${kills.web}, worker ${kills.worker}, connections ${kills.backends}.`,
    '', ...checks.map(checkLine),
    '', '```json', JSON.stringify(short, null, 1), '```',
  ]
}

/** The same for people. */
export function datedWords(dated: Dated, { parts, statements, summary }: Concluded): string {
  const { operations, kills, violations, lost, duplicated, naiveViolations } = summary
  return `${[
    `# Faults, ${dated.date}`, '',
    `Commit ${dated.commit}, seed ${dated.seed}: \`npm run test:faults -- --seed ${dated.seed}\` throws the same dice.`, '',
    `${operations} operations, ${kills} kills of PostgreSQL and web processes: ${violations} violations, ${lost} acknowledged writes lost, ${duplicated} effects twice. Without locks and constraints the same load made ${naiveViolations} violations.`,
    '', ...statements.map(checkLine),
    ...parts.flatMap(partLines),
  ].join('\n')}\n`
}
