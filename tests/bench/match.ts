/**
 * The optimum, how long it takes and how much memory, on lands made from a seed (`match-world.ts`), 4 arrivals a room:
 *
 *   npm run bench:match                               every size in every geography, next to other exact solvers
 *   npm run bench:match -- --sizes 1000,5000 --geographies AREAS,NONE --no-peers
 *   npm run bench:match -- --full                     all pairs of a Zipf land, unstored (`--sizes` to make it smaller)
 *   npm run bench:match -- --online                   one by one: first come, with prices, in hindsight
 *   npm run bench:match -- --instance FILE            a foreign instance (`match-instance.ts`)
 *
 * `--json` prints one JSON object a line and nothing else; `--seed N` makes other lands. Every size runs in a process of its
 * own, so that its peak memory is its own. Each answer is checked before it is timed against others: the certificate must
 * close, a hand's way must not be better, and every peer must find the same sums.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { readInstanceFile } from './match-instance'
import { runOnline } from './match-online'
import { problemOf, readOptions } from './match-options'
import { runFull, runSparse, solveInstance, type Line } from './match-run'
import { GEOGRAPHIES, type Geography } from './match-world'

const SIZES = [1_000, 5_000, 20_000, 50_000, 200_000]
const FULL_SIZE = 200_000
const ONLINE_SIZE = 20_000

function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}

const options = readOptions(process.argv.slice(2), fail)

function numbersOf(text: string, what: string): number[] {
  const numbers = text.split(',').map(Number)
  if (numbers.some((number) => !Number.isSafeInteger(number) || number < 1)) fail(`--${what} wants whole numbers from 1, not "${text}"`)
  return numbers
}

function geographiesOf(text: string): Geography[] {
  return text.split(',').map((name) => GEOGRAPHIES.find((known) => known === name.toUpperCase()) ?? fail(`no geography "${name}": ${GEOGRAPHIES.join(', ')}`))
}

function print(line: object): void {
  const words = Object.entries(line).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
  process.stdout.write(options.json ? `${JSON.stringify(line)}\n` : `${words.join(', ')}\n`)
}

/** This program again, in a process of its own, for one size. */
function inOwnProcess(args: readonly string[]): void {
  const program = fileURLToPath(import.meta.url)
  const { status } = spawnSync(
    process.execPath, ['--conditions=react-server', '--import', 'tsx', program, '--alone', '--seed', options.seed, ...(options.json ? ['--json'] : []), ...args],
    { stdio: 'inherit' },
  )
  if (status !== 0) fail(`${args.join(' ')} failed`)
}

async function alone(seed: number): Promise<Line> {
  const [arrivals] = numbersOf(options.sizes ?? String(FULL_SIZE), 'sizes')
  if (options.full) return runFull({ arrivals: arrivals!, seed })
  const [geography] = geographiesOf(options.geographies ?? 'AREAS')
  return runSparse({ arrivals: arrivals!, geography: geography!, seed, withPeers: !options['no-peers'] })
}

function everySize(): void {
  const sizes = numbersOf(options.sizes ?? (options.full ? String(FULL_SIZE) : SIZES.join(',')), 'sizes')
  if (options.full) {
    for (const size of sizes) inOwnProcess(['--full', '--sizes', String(size)])
    return
  }
  const peers = options['no-peers'] ? ['--no-peers'] : []
  for (const geography of geographiesOf(options.geographies ?? GEOGRAPHIES.join(','))) {
    for (const size of sizes) inOwnProcess(['--sizes', String(size), '--geographies', geography, ...peers])
  }
}

function solveFile(path: string): void {
  try {
    print(solveInstance(readInstanceFile(path)))
  } catch (error) {
    fail(problemOf(error, path) ?? (error instanceof Error ? error.stack : undefined) ?? String(error))
  }
}

const [seed] = numbersOf(options.seed, 'seed')
if (options.instance !== undefined) solveFile(options.instance)
else if (options.online) print(runOnline({ arrivals: numbersOf(options.sizes ?? String(ONLINE_SIZE), 'sizes')[0]!, seed: seed! }))
else if (options.alone) print(await alone(seed!))
else everySize()
