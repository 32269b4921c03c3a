import { beforeAll, describe, expect, it } from 'vitest'
import { stayView } from '@/lib/arrivals/queries/stay'
import { headingOf } from '@/lib/arrivals/rules/stay'
import type { UserActor } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { changeHousehold } from '@/lib/hosts/commands/household'
import { answerView } from '@/lib/hosts/queries/answer'
import { secondYes } from '@/lib/placements/commands/yes'
import { changedStays } from '@/lib/placements/queries/changed-stays'
import { placementRecord } from '@/lib/placements/queries/history'
import { revealAddress } from '@/lib/privacy/reveal'
import { ticketFor } from '@/lib/privacy/secret'
import { recordCheck } from '@/lib/safety/commands'
import { todayIn } from '@/lib/time/clock'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallStays>

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
})

const FACTS = {
  womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false, childrenWelcome: true, animalsWelcome: false,
  languages: ['kk' as const], restNights: 0, shortestNights: 1, longestNights: 366,
}

/** A woman who asked for a household of women, asked of one or confirmed there. */
async function woman(state: 'PROPOSED' | 'CONFIRMED', over: { from?: number } = {}) {
  const home = await world.home({ sleeps: [2] })
  await database.rows('update host set women_only_household = true where id = $1', [home.hostId])
  const arrivalId = await world.arrival({ adults: 1 })
  await database.rows('update arrival set women_only = true, all_women = true where id = $1', [arrivalId])
  const from = over.from ?? 0
  const made = state === 'PROPOSED' ? world.proposed : world.confirmed
  const [placementId = ''] = await made([await world.leg(home.roomId, from, from + 3)], { arrivalId })
  return { ...home, arrivalId, placementId }
}

async function versionOf(hostId: string): Promise<number> {
  return Number((await database.row('select version from host where id = $1', [hostId]))['version'])
}

async function change({ userId, hostId }: { userId: string; hostId: string }, facts: Partial<typeof FACTS> & { womenOnlyHousehold: boolean }) {
  const actor: UserActor = { kind: 'USER', userId, hostId, role: 'HOST', name: 'Dana', cityIds: [] }
  return changeHousehold({ ...world.once(), actor, hostId, version: await versionOf(hostId), facts: { ...FACTS, ...facts } })
}

/** A visit at which men were seen. */
async function visit(hostId: string) {
  const homes = (await database.rows('select id from home where host_id = $1', [hostId])).map(({ id }) => String(id))
  const check = { kind: 'VISIT', doneOn: todayIn('almaty'), womenOnlySeen: false, homes, note: null } as const
  return recordCheck({ ...world.once(), actor: await world.staff('COORDINATOR'), hostId, version: await versionOf(hostId), check })
}

describe('a household that is no longer of women only', () => {
  it('confirms nobody who asked for one, whatever was true when it was proposed', async () => {
    const { hostId, placementId } = await woman('PROPOSED')
    await world.yes(placementId, 'HOST')
    await database.rows('update host set women_only_household = false where id = $1', [hostId])
    expect(await world.yes(placementId, 'GUEST')).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
    expect(await secondYes({ ...world.once(), actor: await world.staff('LEAD'), placementId })).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
    expect(await world.stateOf(placementId)).toBe('PROPOSED')
  })

  it('lets go of who is only asked when the host says so, and tells them', async () => {
    const stay = await woman('PROPOSED')
    expect(await change(stay, { womenOnlyHousehold: false })).toMatchObject({ ok: true })
    expect(await world.stateOf(stay.placementId)).toBe('CANCELLED')
    expect(await world.arrivalOf(stay.arrivalId)).toMatchObject({ state: 'OPEN' })
    expect(await world.told(stay.arrivalId, 'ENDED%')).toEqual(['ENDED_GUEST', 'ENDED_HOST'])
  })

  it('is not the host’s alone to say while a guest counts on it', async () => {
    const stay = await woman('CONFIRMED')
    expect(await change(stay, { womenOnlyHousehold: false })).toMatchObject({ ok: false, reason: 'GUESTS_NEED_WOMEN' })
    expect(await change(stay, { womenOnlyHousehold: true })).toMatchObject({ ok: true })
    expect(await database.row('select women_only_household as women from host where id = $1', [stay.hostId])).toEqual({ women: true })
  })

  it('nor may the host ask for women only while a man is expected', async () => {
    const home = await world.home({ sleeps: [2] })
    await database.rows('update host set women_only_household = true where id = $1', [home.hostId])
    await world.confirmed([await world.leg(home.roomId, 0, 2)])
    expect(await change(home, { womenOnlyHousehold: true, womenOnlyGuests: true })).toMatchObject({ ok: false, reason: 'GUESTS_NEED_WOMEN' })
  })

  it('seen at a visit: lets go of who is asked, keeps who is confirmed, shows it, and keeps the address shut', async () => {
    const stay = await woman('CONFIRMED')
    const guest = await world.arrival({ adults: 1 })
    await database.rows('update arrival set women_only = true, all_women = true where id = $1', [guest])
    const [asked = ''] = await world.proposed([await world.leg(stay.roomId, 5, 7)], { arrivalId: guest })
    expect(await visit(stay.hostId)).toMatchObject({ ok: true })
    expect([await world.stateOf(asked), await world.stateOf(stay.placementId)]).toEqual(['CANCELLED', 'CONFIRMED'])
    const scope = { actor: await world.staff('COORDINATOR'), cityIds: ['almaty'] } as unknown as CoordinatorScope
    expect(await placementRecord(scope, stay.placementId)).toMatchObject({ womenChanged: true })
    expect(await revealAddress({ actor: { kind: 'GUEST', arrivalId: stay.arrivalId }, placementId: stay.placementId }))
      .toMatchObject({ ok: false, reason: 'HOUSEHOLD_CHANGED' })
    expect(await changedStays(scope)).toMatchObject([{ placementId: stay.placementId }])
    expect(await changedStays({ ...scope, cityIds: ['astana'] })).toEqual([])
  })
})

describe('a guest whose household is another one than was promised', () => {
  const shown = async ({ arrivalId, placementId }: { arrivalId: string; placementId: string }) => {
    const view = await stayView(arrivalId)
    const answer = await answerView(ticketFor(placementId, 'GUEST'))
    return [headingOf(view), view.plans[0]?.homes[0]?.householdChanged, answer?.side === 'GUEST' && answer.offer.householdChanged]
  }

  it('reads so before any press, on their page and behind a mailed link', async () => {
    const stay = await woman('CONFIRMED')
    expect(await shown(stay)).toEqual(['CONFIRMED', false, false])
    await visit(stay.hostId)
    expect(await shown(stay)).toEqual(['CHANGED', true, true])
    await database.rows(`update placement set state = 'ARRIVED' where id = $1`, [stay.placementId])
    expect(await shown(stay)).toEqual(['ARRIVED', false, false])
  })
})

describe('a home nobody has seen', () => {
  const unseen = (homeId: string) => database.rows('update home set to_visit = true where id = $1', [homeId])

  it('is asked for nothing', async () => {
    const { roomId, homeId } = await world.home({ sleeps: [2] })
    await unseen(homeId)
    expect(await world.ask([await world.leg(roomId, 0, 2)])).toMatchObject({ ok: false, reason: 'HOME_TO_VISIT' })
  })

  it('confirms nobody who was asked of it before', async () => {
    const { roomId, homeId } = await world.home({ sleeps: [2] })
    const [placementId = ''] = await world.proposed([await world.leg(roomId, 0, 2)])
    await unseen(homeId)
    expect(await world.yes(placementId, 'HOST')).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
  })
})
