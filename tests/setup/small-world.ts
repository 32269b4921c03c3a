import { randomBytes } from 'node:crypto'
import type { TestDatabase } from './test-database'

/** A sealed value's shape; these tests never open one. */
export const SEALED = `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(24)}`
const CITY = 'almaty'
const TODAY = `(now() at time zone 'Asia/Almaty')::date`

export interface Leg {
  roomId: string
  /** Nights from today: 0 is tonight. */
  from: number
  until: number
  adults: number
  childrenAges?: number[]
}

/** An answer of a database function. */
export interface Answer {
  code: string
  planId?: string
  placementIds?: string[]
  [detail: string]: unknown
}

/** Arrivals made by this file: each has a code of its own. */
let arrivals = 0

/** Writes rows of a small world and calls the transitions on it, as the owner of the database. */
export function smallWorld({ row }: Pick<TestDatabase, 'row'>) {
  const newKey = () => randomBytes(16).toString('hex')

  async function idOf(statement: string, values: unknown[] = []): Promise<string> {
    const { id } = await row(`${statement} returning id`, values)
    return String(id)
  }

  async function call(statement: string, values: unknown[] = []): Promise<Answer> {
    const { answer } = await row(`select ${statement} as answer`, values)
    return answer as Answer
  }

  async function day(offset: number): Promise<string> {
    const { day: text } = await row(`select (${TODAY} + $1::int)::text as day`, [offset])
    return String(text)
  }

  async function legsOf(legs: Leg[]): Promise<string> {
    const rows = await Promise.all(legs.map(async ({ from, until, childrenAges, ...leg }) => (
      { ...leg, childrenAges: childrenAges ?? [], from: await day(from), until: await day(until), reasons: { points: 1 } })))
    return JSON.stringify(rows)
  }

  const person = (role: string, name: string) =>
    idOf('insert into "user" (role, name, city_ids) values ($1, $2, $3)', [role, name, role === 'HOST' ? [] : [CITY]])

  /** A vetted host with one home, in Almaty where nothing else is said, whose rooms are open for 100 nights from today. */
  async function home({ sleeps, cityId = CITY }: { sleeps: number[]; cityId?: string }) {
    const userId = await person('HOST', 'Dana')
    const hostId = await idOf(`insert into host (user_id, state, vetted_until) values ($1, 'VETTED', ${TODAY} + 300)`, [userId])
    const homeId = await idOf(`insert into home (host_id, city_id, kind, address_sealed) values ($1, $2, 'FLAT', $3)`,
      [hostId, cityId, SEALED])
    const roomIds: string[] = []
    for (const beds of sleeps) {
      const roomId = await idOf(`insert into room (home_id, name, sleeps) values ($1, 'room', $2)`, [homeId, beds])
      await idOf(`insert into opening (room_id, from_date, until_date)
        select $1, ${TODAY}, ${TODAY} + 100 returning room_id as id --`, [roomId])
      roomIds.push(roomId)
    }
    return { userId, hostId, homeId, roomIds, roomId: roomIds[0] ?? '' }
  }

  /** Somebody who waits in Almaty for ten nights from today. */
  function arrival({ adults, childrenAges = [] }: { adults: number; childrenAges?: number[] }): Promise<string> {
    arrivals += 1
    const code = `T0-${arrivals.toString(36).toUpperCase().padStart(3, '0')}`
    return idOf(
      `insert into arrival (code, nickname, city_ids, from_date, until_date, adults, children_ages, contact_kind, contact_sealed)
       values ($1, 'guest', array[$2], ${TODAY}, ${TODAY} + 10, $3, $4, 'MAIL', $5)`,
      [code, CITY, adults, childrenAges, SEALED],
    )
  }

  async function propose(by: string, arrivalId: string, legs: Leg[]): Promise<Answer> {
    return call(`propose_plan($1, $2, 'h', (select array_agg(id) from city), $3, $4, $5)`,
      [by, newKey(), arrivalId, legs.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE', await legsOf(legs)])
  }

  const sayYes = (placementId: string, side: string) =>
    call(`say_yes('test', $1, 'h', $2, $3, null, 'LINK')`, [newKey(), placementId, side])

  const secondYes = (by: string, placementId: string) =>
    call(`second_yes($1, $2, 'h', array(select id from city), $3)`, [by, newKey(), placementId])

  const release = (placementId: string, to: string, side: string, reason: string) =>
    call(`release_placement('test', $1, 'h', $2, $3, $4, $5, null, false)`, [newKey(), placementId, to, side, reason])

  return { newKey, idOf, call, day, legsOf, person, home, arrival, propose, sayYes, secondYes, release }
}
