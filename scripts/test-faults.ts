// npm run test:faults: breaks the product while people use it, and says what held. The last line is JSON.
//   --seconds 45        a slice of everything in about that time; without it everything at full length, which takes hours
//   --short             the form that is part of npm test
//   --seed 7            the dice; printed when not given
//   --parts a,b         some parts only (--part a); each leaves its report in .data/faults/full
//   --operations 5000   another length of those parts
//   --report FILE       where the dated report goes; at full length docs/faults/<day>.json
//   --go-on             goes on with a run of the same seed, length and commit that was cut
//   --merge             no run: a dated report of what is in .data/faults/full
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { stopChildren } from './children'
import { prepareBuild } from './prepare'
import { makeSecrets } from './secrets'
import { command } from './talk'

const whisper = (words: string) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${words}\n`)

// the parts write sealed fields themselves; their databases are their own
const { databasePassword: _none, ...secrets } = makeSecrets()
Object.assign(process.env, secrets, {
  DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none', NEXTAUTH_URL: 'http://localhost:3000', QONAQ_DEMO: '0', LOG_LEVEL: 'silent',
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopChildren().then(() => process.exit(1)))

const { values } = parseArgs({ options: {
  seconds: { type: 'string' }, seed: { type: 'string' }, part: { type: 'string' }, parts: { type: 'string' }, operations: { type: 'string' },
  report: { type: 'string' }, short: { type: 'boolean', default: false }, merge: { type: 'boolean', default: false },
  'go-on': { type: 'boolean', default: false },
} })

function lengthOf(): 'full' | 'short' | { seconds: number } {
  if (values.seconds !== undefined) return { seconds: Number(values.seconds) }
  return values.short ? 'short' : 'full'
}

/** A slice does not take away what an hour has come to. */
const keptIn = (length: ReturnType<typeof lengthOf>) => `.data/faults/${typeof length === 'object' ? 'slice' : length}`

/** A dated report is of everything; of less only where one is asked for by name. */
function reportFile(date: string): string | null {
  if (values.report !== undefined) return values.report
  const whole = values.merge || (lengthOf() === 'full' && values.parts === undefined && values.part === undefined)
  return whole ? `docs/faults/${date}.json` : null
}

/** What is dated is the run, whatever is checked out by the time it is merged. */
async function mergedNow() {
  const [{ mergeParts }, { PLAN }] = await Promise.all([import('../tests/faults/kept'), import('../tests/faults/plan')])
  return mergeParts(keptIn('full'), PLAN.map(({ part }) => part.name))
}

async function ranNow(seed: number, version: string) {
  const { runFaults } = await import('../tests/faults/run')
  const names = (values.parts ?? values.part)?.split(',') ?? null
  if (names === null || names.includes('http')) await prepareBuild()
  const operations = values.operations === undefined ? null : Number(values.operations)
  const title = { length: lengthOf(), seed, version }
  return { ...await runFaults({ ...title, parts: names, operations, folder: keptIn(title.length), goOn: values['go-on'], say: whisper }), title }
}

await command(async () => {
  const { writeDated } = await import('../tests/faults/run')
  const seed = Number(values.seed ?? Date.now() % 1_000_000)
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout.trim()
  const run = values.merge ? await mergedNow() : await ranNow(seed, commit)
  const date = new Date().toISOString().slice(0, 10)
  const file = reportFile(date)
  if (file !== null) await writeDated(file, { date, commit: run.title.version, seed: run.title.seed }, run)
  for (const failure of run.failures) whisper(`FAILED ${failure}`)
  process.stdout.write(`${JSON.stringify(run.summary)}\n`)
  return run.failures.length === 0 ? 0 : 1
})
