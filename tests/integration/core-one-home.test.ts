import { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { checkInvariants } from '@/lib/db/invariants'
import { recordArrived } from '@/lib/placements/commands/stay'
import { propose, type PlanLeg } from '@/lib/placements/commands/propose'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

/** Who travels together sleeps under one roof, and is never half of them without a bed (docs/adr/0003). */

let database: TestDatabase
let world: ReturnType<typeof smallStays>

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
})

const NOT_ONE_HOME = { ok: false, reason: 'NOT_ONE_HOME' }
type Kind = 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'

async function ask(arrivalId: string, kind: Kind, legs: PlanLeg[]) {
  return propose({ ...world.once(), actor: await world.staff('COORDINATOR'), arrivalId, kind, legs })
}
const seats = async (roomId: string, nights: [number, number], adults: number) => ({ ...(await world.leg(roomId, ...nights)), adults })

describe('rooms of one party that share a night', () => {
  it.each(['RELAY', 'SEVERAL_ROOMS'] as const)('are of one home: %s', async (kind) => {
    const [one, other] = [await world.home({ sleeps: [1] }), await world.home({ sleeps: [1] })]
    const pair = await world.arrival({ adults: 2 })
    expect(await ask(pair, kind, [await world.leg(one.roomId, 0, 3), await world.leg(other.roomId, 0, 3)])).toMatchObject(NOT_ONE_HOME)
  })

  it('are of one home also where they are the same host’s', async () => {
    const [one, other] = [await world.home({ sleeps: [1] }), await world.home({ sleeps: [1] })]
    await database.rows('update home set host_id = $1 where id = $2', [one.hostId, other.homeId])
    const legs = [await world.leg(one.roomId, 0, 3), await world.leg(other.roomId, 0, 3)]
    expect(await ask(await world.arrival({ adults: 2 }), 'SEVERAL_ROOMS', legs)).toMatchObject(NOT_ONE_HOME)
  })

  it('are for the same nights: one that ends earlier would be left or changed without the other', async () => {
    const { roomIds: [stays = '', first = '', then = ''] } = await world.home({ sleeps: [1, 1, 1] })
    const pair = await world.arrival({ adults: 2 })
    const swap = [await world.leg(first, 0, 2), await world.leg(then, 2, 4)]
    expect(await ask(pair, 'RELAY', [await world.leg(stays, 0, 4), ...swap])).toMatchObject(NOT_ONE_HOME)
    // the same beds, written as what they are: two stays of both
    const apart = [await world.leg(stays, 0, 2), await world.leg(stays, 2, 4), ...swap]
    expect(await ask(pair, 'RELAY', apart)).toMatchObject({ ok: true })
  })

  it('may be followed by rooms of another home', async () => {
    const [one, other] = [await world.home({ sleeps: [1, 1] }), await world.home({ sleeps: [2] })]
    const legs = await Promise.all(one.roomIds.map((roomId) => world.leg(roomId, 0, 2)))
    expect(await ask(await world.arrival({ adults: 2 }), 'RELAY', [...legs, await seats(other.roomId, [2, 4], 2)])).toMatchObject({ ok: true })
  })

  it('are asked of each party of a group by itself', async () => {
    const [one, other] = [await world.home({ sleeps: [1, 1] }), await world.home({ sleeps: [1, 1] })]
    const [pair, single] = [await world.arrival({ adults: 2 }), await world.arrival({ adults: 1 })]
    await database.rows(`with formed as (insert into arrival_group (organiser_arrival_id, together) values ($1, 'SAME_CITY') returning id)
      update arrival set group_id = formed.id from formed where arrival.id in ($1, $2)`, [pair, single])
    const [here = '', beside = ''] = one.roomIds
    const of = async (arrivalId: string, roomId: string) => ({ ...(await world.leg(roomId, 0, 2)), arrivalId })
    const elsewhere = await of(single, other.roomId)
    const spread = [await of(pair, here), await of(pair, other.roomIds[1] ?? ''), elsewhere]
    expect(await ask(pair, 'GROUP', spread)).toMatchObject(NOT_ONE_HOME)
    expect(await ask(pair, 'GROUP', [await of(pair, here), await of(pair, beside), elsewhere])).toMatchObject({ ok: true })
  })
})

interface Stay { placementIds: string[]; placementId: string; arrivalId: string; hostId: string }

/** A pair in two rooms of one home, tonight until the third morning. */
async function pairIn(state: 'PROPOSED' | 'CONFIRMED' | 'ARRIVED'): Promise<Stay> {
  const { roomIds, hostId } = await world.home({ sleeps: [1, 1] })
  const arrivalId = await world.arrival({ adults: 2 })
  const legs = await Promise.all(roomIds.map((roomId) => world.leg(roomId, 0, 3)))
  const placementIds = state === 'PROPOSED' ? await world.proposed(legs, { arrivalId }) : await world.confirmed(legs, { arrivalId })
  const placementId = placementIds[1] ?? ''
  if (state === 'ARRIVED') await recordArrived({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId })
  return { placementIds, placementId, arrivalId, hostId }
}

type End = Parameters<typeof world.end>[0]
const by = (how: Omit<End, 'placementId'>) => ({ placementId }: Stay) => world.end({ ...how, placementId })

describe('both rooms of a pair end together', () => {
  it.each<[string, 'PROPOSED' | 'CONFIRMED' | 'ARRIVED', string, (stay: Stay) => Promise<unknown>]>([
    ['the host says no', 'PROPOSED', 'DECLINED', by({ to: 'DECLINED', side: 'HOST', reason: 'OTHER' })],
    ['the guest says no', 'PROPOSED', 'DECLINED', by({ to: 'DECLINED', side: 'GUEST', reason: 'OTHER' })],
    ['the host pauses', 'PROPOSED', 'DECLINED', ({ hostId }) => world.call(`pause_host('test', $1, 'h', $2, true)`, [world.newKey(), hostId])],
    ['the home is to be visited', 'PROPOSED', 'CANCELLED', async ({ hostId }) => {
      await database.rows('update home set to_visit = true where host_id = $1', [hostId])
      await database.rows(`select release_unfit('test', $1)`, [hostId])
    }],
    ['the vetting runs out', 'PROPOSED', 'CANCELLED', async ({ hostId }) => {
      await database.rows('update host set vetted_until = current_date - 1 where id = $1', [hostId])
      await database.rows('select expire_vetting($1)', [hostId])
    }],
    ['the clock runs out', 'PROPOSED', 'LAPSED', async ({ placementId }) => {
      const { id } = await database.row('update plan set deadline = now() where id = (select plan_id from placement where id = $1) returning id', [placementId])
      await database.rows('select lapse_plan($1)', [id])
    }],
    ['the host takes it back', 'CONFIRMED', 'CANCELLED', by({ to: 'CANCELLED', side: 'HOST', reason: 'OTHER' })],
    ['the guest takes it back', 'CONFIRMED', 'CANCELLED', by({ to: 'CANCELLED', side: 'GUEST', reason: 'OTHER' })],
    ['the desk takes it back', 'CONFIRMED', 'CANCELLED', by({ to: 'CANCELLED', side: 'COORDINATOR', reason: 'OTHER' })],
    ['fear parts them', 'CONFIRMED', 'CANCELLED', by({ to: 'CANCELLED', side: 'GUEST', reason: 'NOT_SAFE' })],
    ['they take the request back', 'CONFIRMED', 'CANCELLED', ({ arrivalId }) => (
      world.call(`withdraw_arrival('test', $1, 'h', $2, false)`, [world.newKey(), arrivalId]))],
    ['they did not come', 'CONFIRMED', 'NOT_ARRIVED', async ({ placementIds, placementId }) => {
      for (const id of placementIds) await world.began(id, 1)
      await world.end({ placementId, to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW' })
    }],
    ['they leave', 'ARRIVED', 'DEPARTED', by({ to: 'DEPARTED', side: 'GUEST', reason: 'PLANNED' })],
    ['the host ends it', 'ARRIVED', 'DEPARTED', by({ to: 'DEPARTED', side: 'HOST', reason: 'HOST_ENDED_EARLY' })],
  ])('%s', async (_what, state, expected, deed) => {
    const stay = await pairIn(state)
    expect(await Promise.all(stay.placementIds.map(world.stateOf))).toEqual([state, state])
    await deed(stay)
    expect(await Promise.all(stay.placementIds.map(world.stateOf))).toEqual([expected, expected])
  })
})

it('no night was left without a bed for half of them', async () => {
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  const answers = await checkInvariants(client)
  await client.end()
  expect(answers.flatMap(({ invariant, violations }) => violations.map(({ what }) => `${invariant.id}: ${what}`))).toEqual([])
})
