import { Client } from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { checkInvariants } from '@/lib/db/invariants'
import { askExtension, extend, recordArrived } from '@/lib/placements/commands/stay'
import { secondYes } from '@/lib/placements/commands/yes'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

/** A vetting ends by the calendar: what the hourly clock has not come to yet is not promised either. */

let database: TestDatabase
let world: ReturnType<typeof smallStays>

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
})

const holdsUntil = (hostId: string, days: number) =>
  database.rows(`update host set vetted_until = city_today('almaty') + $2::int where id = $1`, [hostId, days])

it.each([[1, 'OK'], [0, 'HOST_NOT_VETTED'], [-3, 'HOST_NOT_VETTED']])('a home whose vetting no longer holds in %i days is proposed: %s', async (days, code) => {
  const { roomId, hostId } = await world.home({ sleeps: [2] })
  await holdsUntil(hostId, days)
  const answer = await world.ask([await world.leg(roomId, 0, 2)])
  expect(answer.ok ? 'OK' : answer.reason).toBe(code)
  expect(await database.row('select state from host where id = $1', [hostId])).toEqual({ state: 'VETTED' })
})

it('no yes completes what was asked before: it is as if the clock had struck', async () => {
  const { roomId, hostId } = await world.home({ sleeps: [2] })
  const [placementId = ''] = await world.proposed([await world.leg(roomId, 0, 2)])
  await world.yes(placementId, 'HOST')
  await holdsUntil(hostId, 0)
  const closed = { ok: false, reason: 'NOT_OPEN' }
  expect(await world.yes(placementId, 'GUEST')).toMatchObject(closed)
  expect(await secondYes({ ...world.once(), actor: await world.staff('LEAD'), placementId })).toMatchObject(closed)
  await database.rows('select expire_vetting($1)', [hostId])
  expect(await world.yes(placementId, 'GUEST')).toMatchObject(closed)
  expect(await world.stateOf(placementId)).toBe('CANCELLED')
})

it('whoever was promised the home while the vetting held comes and stays, for no more nights', async () => {
  const { roomId, hostId } = await world.home({ sleeps: [2] })
  const [placementId = ''] = await world.confirmed([await world.leg(roomId, 0, 4)])
  await holdsUntil(hostId, 0)
  const by = async () => ({ ...world.once(), actor: await world.staff('COORDINATOR'), placementId })
  expect(await recordArrived(await by())).toMatchObject({ ok: true })
  expect(await extend({ ...(await by()), until: await world.day(6), hostAgreed: true })).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
  expect(await extend({ ...(await by()), until: await world.day(3), hostAgreed: false })).toMatchObject({ ok: true })
  // the host may not agree and is not asked
  const actor = world.ticket(placementId, 'GUEST')
  expect(await askExtension({ ...world.once(), actor, placementId, until: await world.day(6) })).toMatchObject({ ok: true })
  expect(await database.rows('select state from extension where placement_id = $1', [placementId])).toEqual([{ state: 'REFUSED' }])
  await database.rows('select expire_vetting($1)', [hostId])
  expect(await world.stateOf(placementId)).toBe('ARRIVED')
})

it('nothing of this stops approvals, before the clock or after it', async () => {
  await database.rows(`update host set state = 'APPLIED' where state = 'VETTED' and vetted_until < city_today('almaty')`)
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  const answers = await checkInvariants(client)
  await client.end()
  expect(answers.flatMap(({ invariant, violations }) => violations.map(({ what }) => `${invariant.id}: ${what}`))).toEqual([])
})
