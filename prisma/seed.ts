// npm run seed -- [--demo] [--arrivals N] [--rooms M] [--seed S] [--add]: invented people for an empty database.
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { demandValidSettings } from '../scripts/demands'
import { demandDatabase } from '../scripts/running-demo'
import { command, Refused, say, secondsSince } from '../scripts/talk'

const MOST = 1_000_000
const DEFAULT_SEED = 2022

function readOptions() {
  try {
    const { values } = parseArgs({
      options: {
        demo: { type: 'boolean', default: false },
        arrivals: { type: 'string' },
        rooms: { type: 'string' },
        seed: { type: 'string' },
        add: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    // its further lines explain the command line, not what is wrong
    const [sentence] = (error as Error).message.split('\n')
    throw new Refused(sentence, { cause: error })
  }
}

function readNumber(name: string, text: string | undefined, instead: number): number {
  if (text === undefined) return instead
  const value = Number(text)
  if (!/^\d{1,7}$/.test(text) || value > MOST) throw new Refused(`--${name} is "${text}": give a whole number up to ${MOST}.`)
  return value
}

await command(async () => {
  const started = performance.now()
  const { demo, add, ...texts } = readOptions()
  if (demo && (texts.arrivals ?? texts.rooms) !== undefined) throw new Refused('--demo has its own size: leave out --arrivals and --rooms.')
  if (existsSync('.env')) process.loadEnvFile('.env')
  await demandDatabase()
  await demandValidSettings()
  // loaded now, so that the settings of `.env` are there when they are first read
  const { DEMO_SIZE } = await import('./seed/world')
  const { seedDatabase } = await import('./seed/run')
  const counts = await seedDatabase({
    arrivals: readNumber('arrivals', texts.arrivals, DEMO_SIZE.arrivals), rooms: readNumber('rooms', texts.rooms, DEMO_SIZE.rooms),
    seed: readNumber('seed', texts.seed, DEFAULT_SEED), add, told: demo || !add,
  })
  say(`${counts.arrivals} arrivals, ${counts.rooms} rooms of ${counts.hosts} hosts and ${counts.plans} plans in ${secondsSince(started)}.`)
  return 0
})
