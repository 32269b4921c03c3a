import type { PartReport } from './part'

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

/** Every check of every part that is not true, in words. */
export function failedChecks(parts: readonly PartReport[]): string[] {
  return parts.flatMap(({ name, checks }) => checks.filter(({ ok }) => !ok).map((check) => `${name}: ${check.name} (${check.found ?? ''})`))
}

const lengthOf = (part: PartReport | undefined) => ({
  operations: part?.operations ?? 0, acknowledged: part?.acknowledged ?? 0,
  perSecond: part && part.seconds > 0 ? Math.round(part.operations / part.seconds) : 0, seconds: Math.round(part?.seconds ?? 0),
})

export interface Dated {
  date: string
  commit: string
  seed: number
}

/** The dated file: what the page about proof reads, and everything else that was found. */
export function datedReport({ date, commit, seed }: Dated, parts: readonly PartReport[]) {
  const of = (name: string) => parts.find((part) => part.name === name)
  const { violations, lost, duplicated, naiveViolations } = summaryOf(parts)
  return {
    date, commit,
    seeds: { run: seed, ...Object.fromEntries(parts.map((part) => [part.name, part.figures['seeds'] ?? [part.seed]])) },
    commands: { ...lengthOf(of('commands')), backendKills: of('commands')?.kills.backends ?? 0 },
    http: { ...lengthOf(of('http')), webKills: of('http')?.kills.web ?? 0 },
    postgresKills: sum(parts, ({ kills }) => kills.postgres),
    webKills: sum(parts, ({ kills }) => kills.web),
    workerKills: sum(parts, ({ kills }) => kills.worker),
    violations, lost, duplicated,
    naive: { operations: of('naive')?.operations ?? 0, violations: naiveViolations },
    model: { sequences: of('model')?.operations ?? 0 },
    races: { pairs: of('races')?.operations ?? 0 },
    failed: failedChecks(parts),
    parts,
  }
}

function partLines({ name, seed, seconds, operations, acknowledged, kills, checks, figures }: PartReport): string[] {
  const { tally: _long, ...short } = figures
  return [
    '', `## ${name}`, '',
    `Seed ${seed}, ${Math.round(seconds)} s, ${operations} operations, ${acknowledged} acknowledged; killed: PostgreSQL ${kills.postgres}, web ${kills.web}, worker ${kills.worker}, connections ${kills.backends}.`,
    '', ...checks.map((check) => `- ${check.ok ? 'holds' : '**does not hold**'}: ${check.name}${check.found === undefined ? '' : ` — ${check.found}`}`),
    '', '```json', JSON.stringify(short, null, 1), '```',
  ]
}

/** The same for people. */
export function datedWords(dated: Dated, parts: readonly PartReport[]): string {
  const { operations, kills, violations, lost, duplicated, naiveViolations } = summaryOf(parts)
  return `${[
    `# Faults, ${dated.date}`, '',
    `Commit ${dated.commit}, seed ${dated.seed}: \`npm run test:faults -- --seed ${dated.seed}\` throws the same dice.`, '',
    `${operations} operations, ${kills} kills of PostgreSQL and web processes: ${violations} violations, ${lost} acknowledged writes lost, ${duplicated} effects twice. Without locks and constraints the same load made ${naiveViolations} violations.`,
    ...parts.flatMap(partLines),
  ].join('\n')}\n`
}
