// npm test: everything, stage by stage. The last line is "N passed, N failed", and the exit code says the same.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm } from 'node:fs/promises'
import { OUR_CODE, stopChildren } from './children'
import { runE2e } from './e2e'
import { Refused, say, secondsSince } from './talk'

const REPORTS = '.test'
const VITEST = 'node_modules/vitest/vitest.mjs'

interface Count {
  passed: number
  failed: number
}

interface Stage {
  words: string
  run: () => Promise<Count>
}

function runNode(args: string[]): Promise<number> {
  return new Promise((done) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] })
    child.on('exit', (code) => done(code ?? 1))
    child.on('error', () => done(1))
  })
}

const asOne = (code: number): Count => (code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })

/** A check without tests of its own counts as one. What it says waits for its end: two of them run at a time. */
function check(words: string, args: string[]): Stage {
  const run = async () => {
    const lines: string[] = []
    const code = await new Promise<number>((done) => {
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => lines.push(part.toString()))
      child.on('close', (exit) => done(exit ?? 1))
    })
    if (code !== 0) say(lines.join(''))
    return asOne(code)
  }
  return { words, run }
}

/** What a report says, and at least one failure when the run did not end well: a crash is no success. */
async function countFrom(file: string, code: number, read: (report: unknown) => Count): Promise<Count> {
  const count = existsSync(file) ? read(JSON.parse(await readFile(file, 'utf8'))) : { passed: 0, failed: 0 }
  return { ...count, failed: code === 0 ? count.failed : Math.max(1, count.failed) }
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { status: string; assertionResults: unknown[] }[]
}

function readVitest(report: unknown): Count {
  const { numPassedTests, numFailedTests, testResults } = report as VitestReport
  // a file that could not even be loaded has no tests to fail
  const unloaded = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0)
  return { passed: numPassedTests, failed: numFailedTests + unloaded.length }
}

function vitest(words: string, projects: string[]): Stage {
  const report = `${REPORTS}/${projects.join('-')}.json`
  const args = [VITEST, 'run', ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return { words, run: async () => countFrom(report, await runNode(args), readVitest) }
}

function readPlaywright(report: unknown): Count {
  const { stats, errors } = report as { stats: { expected: number; flaky: number; unexpected: number }; errors: unknown[] }
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected + errors.length }
}

async function runBrowser(): Promise<Count> {
  const report = `${REPORTS}/e2e.json`
  const codes = await runE2e({ args: [], report })
  const browser = await countFrom(report, codes.browser, readPlaywright)
  const invariants = asOne(codes.invariants)
  return { passed: browser.passed + invariants.passed, failed: browser.failed + invariants.failed }
}

interface Checked { ok: boolean }

function readFaults(report: unknown): Count {
  const { statements, parts } = report as { statements: Checked[]; parts: { checks: Checked[] }[] }
  const checks = [...statements, ...parts.flatMap((part) => part.checks)]
  return { passed: checks.filter(({ ok }) => ok).length, failed: checks.filter(({ ok }) => !ok).length }
}

/** The short form of `npm run test:faults`: each statement it makes is a test. */
async function runFaults(): Promise<Count> {
  const report = `${REPORTS}/faults.json`
  return countFrom(report, await runNode([...OUR_CODE, 'scripts/test-faults.ts', '--short', '--report', report]), readFaults)
}

/** One after the other in a lane, the lanes side by side: linting takes as long as the rest together. */
const CHECKS: Stage[][] = [
  [check('Lint', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'])],
  [
    check('Types', ['node_modules/typescript/bin/tsc', '--noEmit', '-p', '.']),
    check('Boundaries', ['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '.dependency-cruiser.cjs',
      'app', 'components', 'lib', 'prisma', 'scripts', 'tests']),
    check('Nothing unused', ['node_modules/knip/bin/knip.js']),
    vitest('Unit and architecture', ['unit', 'architecture']),
  ],
]

const SUITES: Stage[] = [
  vitest('Integration', ['integration']),
  { words: 'Browser, and invariants afterwards', run: runBrowser },
  { words: 'Faults, short form', run: runFaults },
]

async function runStage({ words, run }: Stage): Promise<Count> {
  const started = performance.now()
  const count = await run().catch((error: unknown): Count => {
    say(error instanceof Refused ? error.message : String((error as Error).stack))
    return { passed: 0, failed: 1 }
  })
  say(`── ${words}: ${count.passed} passed, ${count.failed} failed, ${secondsSince(started)}`)
  return count
}

async function runLane(stages: Stage[]): Promise<Count[]> {
  const counts: Count[] = []
  for (const stage of stages) counts.push(await runStage(stage))
  return counts
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopChildren().then(() => process.exit(1)))

await rm(REPORTS, { recursive: true, force: true })
await mkdir(REPORTS, { recursive: true })
const counts = await runLane([check('Generated code', ['scripts/generate.mjs'])])
counts.push(...(await Promise.all(CHECKS.map(runLane))).flat(), ...(await runLane(SUITES)))
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
say(`\n${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)
