import { randomUUID } from 'node:crypto'
import { seal } from '@/lib/privacy/seal'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { tokenMaker } from './api-world'
import { smallWorld } from './small-world'
import type { TestDatabase } from './test-database'

/** Whoever may call, and whoever may not. */
export const ROLES = [
  'anonymous', 'revoked', 'newcomer', 'otherNewcomer', 'host', 'otherHost', 'coordinator', 'elsewhere', 'lead',
] as const
export type Role = (typeof ROLES)[number]

/** A party, a home and what is between them, with everybody's bearer. */
export interface Scene {
  arrivalId: string
  hostId: string
  homeId: string
  roomId: string
  placementId: string
  bearers: Record<Role, string | undefined>
}

export interface Wanted {
  state?: 'WAITING' | 'PROPOSED' | 'CONFIRMED' | 'ARRIVED'
  /** Nights from today. */
  from?: number
  until?: number
  adults?: number
  sleeps?: number
}

const STEPS = { WAITING: 0, PROPOSED: 1, CONFIRMED: 2, ARRIVED: 3 } as const

/** Makes scenes for the API's tests: rows of a small world, and bearers that open parts of it. */
export async function apiScenes(database: TestDatabase) {
  const world = smallWorld(database)
  const tokenFor = tokenMaker(database)
  const staffIds = { coordinator: await world.person('COORDINATOR', 'Aigul'), lead: await world.person('LEAD', 'Erlan') }
  const farId = await world.person('COORDINATOR', 'Marat')
  await database.rows(`update "user" set city_ids = '{astana}' where id = $1`, [farId])
  const staff = {
    coordinator: await tokenFor(staffIds.coordinator, 'COORDINATOR', ['almaty']),
    lead: await tokenFor(staffIds.lead, 'LEAD', ['almaty']),
    elsewhere: await tokenFor(farId, 'COORDINATOR', ['astana']),
    revoked: await tokenFor(staffIds.lead, 'LEAD', ['almaty'], { revoked: true }),
    anonymous: undefined,
  }

  async function newcomer({ adults = 1 } = {}) {
    const [arrivalId, secret] = [await world.arrival({ adults }), newToken()]
    await database.rows('update arrival set token_hash = $2 where id = $1', [arrivalId, hashSecret('stay', secret)])
    return { arrivalId, secret }
  }

  async function host({ sleeps = 2 } = {}) {
    const home = await world.home({ sleeps: [sleeps] })
    await database.rows('update home set address_sealed = $2 where id = $1',
      [home.homeId, seal('Абая 10', { field: 'home.address', rowId: home.homeId })])
    return { ...home, token: await tokenFor(home.userId, 'HOST') }
  }

  async function propose(arrivalId: string, roomId: string, { from = 0, until = 3, adults = 1 }: Wanted): Promise<string> {
    const made = await world.propose(staffIds.coordinator, arrivalId, [{ roomId, from, until, adults }])
    if (made.placementIds?.[0] === undefined) throw new Error(made.code)
    return made.placementIds[0]
  }

  async function advance(placementId: string, steps: number): Promise<void> {
    if (steps >= STEPS.CONFIRMED) {
      await world.sayYes(placementId, 'HOST')
      await world.sayYes(placementId, 'GUEST')
      await world.secondYes(staffIds.lead, placementId)
    }
    if (steps >= STEPS.ARRIVED) await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), placementId])
  }

  /** A party and a home, and between them what `state` says. */
  async function scene(wanted: Wanted = {}): Promise<Scene> {
    const { state = 'PROPOSED', adults = 1 } = wanted
    const [party, home, other, otherHome] = [await newcomer({ adults }), await host(wanted), await newcomer(), await host()]
    const placementId = state === 'WAITING' ? randomUUID() : await propose(party.arrivalId, home.roomId, wanted)
    await advance(placementId, STEPS[state])
    const { hostId, homeId, roomId } = home
    const bearers = { ...staff, newcomer: party.secret, otherNewcomer: other.secret, host: home.token, otherHost: otherHome.token }
    return { arrivalId: party.arrivalId, hostId, homeId, roomId, placementId, bearers }
  }

  const versionOf = async (table: 'placement' | 'room' | 'host', id: string): Promise<number> =>
    Number((await database.row(`select version from ${table} where id = $1`, [id]))['version'])

  /** A clock that went on: the nights of a placement began that many days ago. */
  async function began(placementId: string, daysAgo: number): Promise<void> {
    await database.rows(`update opening set from_date = from_date - 30
      where room_id = (select room_id from placement where id = $1)`, [placementId])
    for (const [table, key] of [['hold', 'placement_id'], ['placement', 'id']] as const) {
      await database.rows(`update ${table} set from_date = from_date - $2::int where ${key} = $1`, [placementId, daysAgo])
    }
  }

  return { ...world, scene, newcomer, host, propose, advance, versionOf, began, staff, staffIds, tokenFor }
}
export type Scenes = Awaited<ReturnType<typeof apiScenes>>

/** What every table holds, as a sum by its name: equal ones mean that nothing was written. */
export async function fingerprint({ rows }: Pick<TestDatabase, 'rows'>): Promise<Record<string, string>> {
  const tables = await rows(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname = 'public' or (schemaname = 'graphile_worker' and tablename in ('_private_jobs', '_private_job_queues'))
    order by 1`)
  const parts = tables.map(({ name }) => `select '${String(name)}' as name, md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as sum from ${String(name)} t`)
  const sums = await rows(parts.join(' union all '))
  return Object.fromEntries(sums.map(({ name, sum }) => [String(name), String(sum)]))
}
