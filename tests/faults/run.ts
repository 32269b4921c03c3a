import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stopChildren } from '../../scripts/children'
import { LEAST_VIOLATIONS } from './naive'
import { counted, type PartReport, type Until } from './part'
import { PLAN, type Planned } from './plan'
import { datedReport, datedWords, failedChecks, summaryOf, type Dated, type Summary } from './report'

/** How long a run is: everything, the short form of `npm test`, or a slice of some seconds. */
export type Length = 'full' | 'short' | { seconds: number }

export interface RunFaults {
  length: Length
  seed: number
  /** Names of parts; null: all of them. */
  parts: readonly string[] | null
  /** Another number of operations than the part's own. */
  operations: number | null
  /** Where parts leave their reports as they end, so that a run that is cut keeps what it has. */
  folder: string
  /** For whoever watches. */
  say: (words: string) => void
}

export interface RanFaults {
  parts: PartReport[]
  summary: Summary
  /** Why the run did not succeed, in words; none: it did. */
  failures: string[]
}

const LEAST_SECONDS = 2

/** What is left of a slice, shared among the parts that are left. */
function sliceOf(planned: Planned, left: readonly Planned[], secondsLeft: number): Until {
  const weights = left.reduce((sum, { weight }) => sum + weight, 0)
  const load = secondsLeft - left.reduce((sum, { overheadSeconds }) => sum + overheadSeconds, 0)
  return { seconds: Math.max(LEAST_SECONDS, (load * planned.weight) / Math.max(1, weights)) }
}

/** A part that fell is a part whose statement does not hold; the others run on. */
function fallen(name: string, seed: number, error: unknown): PartReport {
  const found = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    name, seed, seconds: 0, operations: 0, acknowledged: 0, kills: { postgres: 0, web: 0, worker: 0, backends: 0 },
    violations: counted([]), lost: counted([]), duplicated: counted([]), checks: [{ name: 'ran to its end', ok: false, found }], figures: {},
  }
}

async function runPart(planned: Planned, until: Until, { seed, say }: RunFaults): Promise<PartReport> {
  const { part } = planned
  const folder = await mkdtemp(join(tmpdir(), 'qonaq-faults-'))
  await chmod(folder, 0o755)
  say(`${part.name}: ${JSON.stringify(until)}, seed ${seed}`)
  try {
    return await part.run({ seed, until, folder, onProgress: (words) => { say(`${part.name}: ${words}`) } })
  } catch (error) {
    return fallen(part.name, seed, error)
  } finally {
    await stopChildren()
    await rm(folder, { recursive: true, force: true })
  }
}

function untilOf(planned: Planned, run: RunFaults, left: readonly Planned[], secondsLeft: number): Until {
  if (typeof run.length === 'object') return sliceOf(planned, left, secondsLeft)
  const { operations, kills } = planned[run.length] as { operations: number; kills: number }
  return { operations: run.operations ?? operations, kills }
}

const fileOf = (folder: string, name: string) => join(folder, `${name}.json`)

/** Runs the parts one after the other, and says what all of them came to. */
export async function runFaults(run: RunFaults): Promise<RanFaults> {
  const begun = performance.now()
  const chosen = PLAN.filter(({ part }) => run.parts === null || run.parts.includes(part.name))
  const parts: PartReport[] = []
  await mkdir(run.folder, { recursive: true })
  for (const [index, planned] of chosen.entries()) {
    const secondsLeft = typeof run.length === 'object' ? run.length.seconds - (performance.now() - begun) / 1000 : 0
    const report = await runPart(planned, untilOf(planned, run, chosen.slice(index), secondsLeft), run)
    await writeFile(fileOf(run.folder, report.name), JSON.stringify(report, null, 1))
    parts.push(report)
    for (const { name, ok, found } of report.checks) run.say(`${report.name}: ${ok ? 'holds' : 'DOES NOT HOLD'}: ${name} ${ok ? '' : (found ?? '')}`)
  }
  return conclude(parts)
}

/** Why a run with these parts did not succeed. */
export function conclude(parts: PartReport[]): RanFaults {
  const summary = summaryOf(parts)
  const failures = failedChecks(parts)
  for (const kind of ['violations', 'lost', 'duplicated'] as const) {
    const first = parts.flatMap((part) => part[kind].first)
    if (summary[kind] > 0) failures.push(`${kind}: ${summary[kind]}, such as ${first.slice(0, 3).join('; ')}`)
  }
  const naive = parts.some(({ name }) => name === 'naive')
  if (naive && summary.naiveViolations < LEAST_VIOLATIONS) failures.push(`the naive arm made ${summary.naiveViolations} violations only`)
  return { parts, summary, failures }
}

/** What earlier runs left in the folder, part by part. */
export async function readParts(folder: string): Promise<PartReport[]> {
  const found = await Promise.all(PLAN.map(async ({ part }) => readFile(fileOf(folder, part.name), 'utf8').catch(() => null)))
  return found.filter((text) => text !== null).map((text) => JSON.parse(text) as PartReport)
}

/** Writes `docs/faults/2022-10-01.json` and the same in words. */
export async function writeDated(file: string, dated: Dated, parts: readonly PartReport[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(datedReport(dated, parts), null, 1)}\n`)
  await writeFile(file.replace(/\.json$/, '.md'), datedWords(dated, parts))
}
