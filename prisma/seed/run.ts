import 'server-only'
import { Client } from 'pg'
import { DEMO_USERS } from '@/lib/auth/demo'
import { env } from '@/lib/config/env'
import type { Day } from '@/lib/time/day'
import { Refused } from '../../scripts/talk'
import { CITY_IDS } from './cities'
import { loadWorld } from './load'
import type { Moment } from './moment'
import { buildWorld, type World, type WorldWanted } from './world'

/** Live stays are played by the product's functions in worlds up to this size; bigger ones are written as they stand. */
const MOST_PLAYED = 500

export interface Seeding {
  arrivals: number
  rooms: number
  seed: number
  /** Beside what is there, instead of a world for an empty database. */
  add: boolean
  /** With the people of October 2022 among them. */
  told: boolean
}

export interface Seeded {
  arrivals: number
  rooms: number
  hosts: number
  plans: number
}

function demandPlayground(): void {
  if (env.NODE_ENV === 'production' && env.QONAQ_DEMO !== '1') {
    throw new Refused('Invented people do not belong into a production database: the seed runs there only with QONAQ_DEMO=1.')
  }
}

/** How many arrivals are there already. @throws Refused when this world does not go with what is there. */
async function countThere(client: Client, { add, told }: Seeding): Promise<number> {
  const { rows: [there] } = await client.query<{ people: number; arrivals: number; cities: number; saule: boolean }>(
    `select ((select count(*) from "user") + (select count(*) from arrival))::int as people,
      (select count(*) from arrival)::int as arrivals, (select count(*) from city where id = any ($1))::int as cities,
      exists (select 1 from "user" where id = $2) as saule`, [CITY_IDS, DEMO_USERS.host])
  if (there === undefined || there.cities < CITY_IDS.length) {
    throw new Refused('The towns are not in this database yet: start the product once, it brings schema and towns.')
  }
  if (there.people > 0 && !add) {
    throw new Refused('There are people in this database already: use an empty one, or --add to put invented ones beside them.')
  }
  if (there.saule && told) throw new Refused('The people of the story are in this database already: leave out --demo.')
  return there.arrivals
}

/** The present of the transaction, which every function called in it sees too. */
async function readMoment(client: Client): Promise<Moment> {
  const { rows } = await client.query<{ now: Date; id: string; today: Day }>(
    'select now() as now, id, city_today(id)::text as today from city where id = any ($1)', [CITY_IDS])
  const [first] = rows
  if (first === undefined) throw new Refused('The towns are not in this database yet.')
  return { now: first.now, today: Object.fromEntries(rows.map(({ id, today }) => [id, today])) }
}

async function writeWorld(client: Client, seeding: Seeding): Promise<World> {
  const { arrivals, rooms, seed, told } = seeding
  const there = await countThere(client, seeding)
  const moment = await readMoment(client)
  const { rows } = await client.query<{ code: string }>('select code from arrival')
  const takenCodes = new Set(rows.map(({ code }) => code))
  // the same seed a second time must not make the same people again
  const world = makeWorld({ moment, seed: told ? seed : seed + there, arrivals, rooms, told, takenCodes })
  await loadWorld(client, world, { play: arrivals <= MOST_PLAYED })
  return world
}

function makeWorld(wanted: WorldWanted): World {
  try {
    return buildWorld(wanted)
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(error.message, { cause: error })
    throw error
  }
}

/**
 * Fills a database with invented people: one transaction, so that a seed that stops leaves nothing behind.
 *
 * @throws Refused in production outside the demo, for a database with people in it, and before the migrations.
 */
export async function seedDatabase(seeding: Seeding): Promise<Seeded> {
  demandPlayground()
  const client = new Client({ connectionString: env.DATABASE_URL })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('begin')
    const { hosts, arrivals, plans } = await writeWorld(client, seeding)
    await client.query('commit')
    await client.query('analyze')
    return { hosts: hosts.length, arrivals: arrivals.length, plans: plans.length, rooms: hosts.flatMap(({ rooms }) => rooms).length }
  } finally {
    await client.end()
  }
}
