import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { stopChildren } from '../../scripts/children'
import { onceIn, openFolder, type Kept, type Length } from './kept'
import { counted, type PartReport, type Until } from './part'
import { copyData, prepareData } from './postgres'
import { PLAN, type Planned, type Slice } from './plan'
import { conclude, datedReport, datedWords, PROMISED, type Concluded, type Dated } from './report'

export interface RunFaults extends Kept {
  length: Length
  /** Names of parts; null: all of them. */
  parts: readonly string[] | null
  /** Another number of operations than the part's own. */
  operations: number | null
  /** For whoever watches. */
  say: (words: string) => void
}

const LEAST_SECONDS = 2
/** The share of a part that is asked for by name and has none. */
const ALONE = { weight: 1, overheadSeconds: 5 }

/** What is left of a slice, shared among the parts that are left. */
function sliceOf(planned: Planned, left: readonly Planned[], secondsLeft: number): Until {
  if (planned.slice?.fixed !== undefined) return planned.slice.fixed
  const total = (of: (slice: Slice) => number) => left.reduce((sum, { slice }) => sum + (slice === null ? 0 : of(slice)), 0)
  const load = secondsLeft - total(({ overheadSeconds }) => overheadSeconds)
  return { seconds: Math.max(LEAST_SECONDS, (load * (planned.slice?.weight ?? 0)) / Math.max(1, total(({ weight }) => weight))) }
}

/** A part that fell is a part whose statement does not hold; the others run on. */
function fallen(name: string, seed: number, error: unknown): PartReport {
  const found = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return {
    name, seed, seconds: 0, operations: 0, acknowledged: 0, kills: { postgres: 0, web: 0, worker: 0, backends: 0 },
    violations: counted([]), lost: counted([]), duplicated: counted([]), checks: [{ name: 'ran to its end', ok: false, found }], figures: {},
  }
}

/** Empty, and open to the database's user. */
async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'qonaq-faults-'))
  await chmod(folder, 0o755)
  return folder
}

async function runPart({ part }: Planned, { until, data, run }: { until: Until; data: string; run: RunFaults }): Promise<PartReport> {
  const { seed, say } = run
  const folder = await makeFolder()
  await copyData(data, folder)
  say(`${part.name}: ${JSON.stringify(until)}, seed ${seed}`)
  try {
    const once = <Done>(name: string, work: () => Promise<Done>) => onceIn(run, name, work)
    return await part.run({ seed, until, folder, once, onProgress: (words) => { say(`${part.name}: ${words}`) } })
  } catch (error) {
    return fallen(part.name, seed, error)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** How long a part is in this run; null: not at all. */
function untilOf(planned: Planned, { length, operations, parts }: RunFaults, left: readonly Planned[], secondsLeft: number): Until | null {
  // who is named runs, also where the others do without
  const named = parts !== null
  if (typeof length === 'object') return planned.slice !== null || named ? sliceOf({ ...planned, slice: planned.slice ?? ALONE }, left, secondsLeft) : null
  const until = length === 'short' ? (planned.short ?? (named ? planned.full : null)) : planned.full
  if (until === null || operations === null || !('operations' in until)) return until
  return { ...until, operations }
}

function tell({ say }: RunFaults, { name, checks }: PartReport): void {
  for (const check of checks) say(`${name}: ${check.ok ? 'holds' : 'DOES NOT HOLD'}: ${check.name} ${check.ok ? '' : (check.found ?? '')}`)
}

/** Runs the parts one after the other, and says what all of them came to. */
export async function runFaults(run: RunFaults): Promise<Concluded> {
  const begun = performance.now()
  const secondsLeft = () => (typeof run.length === 'object' ? run.length.seconds - (performance.now() - begun) / 1_000 : 0)
  const chosen = PLAN.filter(({ part }) => run.parts === null || run.parts.includes(part.name))
  await openFolder(run)
  const data = await makeFolder()
  await prepareData(data)
  const finish = async (planned: Planned, until: Until): Promise<PartReport> => {
    const report = await onceIn(run, planned.part.name, async () => ({ ...(await runPart(planned, { until, data, run })), version: run.version }))
    tell(run, report)
    return report
  }
  const reports: Promise<PartReport>[] = []
  for (const [index, planned] of chosen.entries()) {
    const until = untilOf(planned, run, chosen.slice(index), secondsLeft())
    if (until === null) continue
    const report = finish(planned, until)
    reports.push(report)
    if (planned.beside !== true || run.length === 'full') await report
  }
  const parts = await Promise.all(reports)
  await stopChildren()
  await rm(data, { recursive: true, force: true })
  return conclude(parts, run.parts === null && typeof run.length === 'string' ? PROMISED[run.length] : [])
}

/** Writes `docs/faults/2022-10-01.json` and the same in words. */
export async function writeDated(file: string, dated: Dated, run: Concluded): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(datedReport(dated, run), null, 1)}\n`)
  await writeFile(file.replace(/\.json$/, '.md'), datedWords(dated, run))
}
