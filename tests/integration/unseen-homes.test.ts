import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { changeAddress } from '@/lib/hosts/commands/home'
import { offerHome, type Offer } from '@/lib/hosts/commands/offer-home'
import { hostHome } from '@/lib/hosts/queries/home'
import { expireVettingJob } from '@/lib/jobs/expire-vetting'
import { recordCheck, type NewCheck } from '@/lib/safety/commands'
import { listHosts } from '@/lib/safety/queries'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const OLD = 'улица Тайная, 7'
const NEW = 'улица Дальняя, 9'
const today = () => todayIn('almaty')
let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor
let lead: string

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  const userId = await world.person('COORDINATOR', 'Aigul')
  aigul = { kind: 'USER', userId, role: 'COORDINATOR', name: 'Aigul', cityIds: ['almaty'], hostId: null }
  lead = await world.person('LEAD', 'Marat')
})

const call = () => ({ key: world.newKey(), requestHash: world.newKey() })

/** A vetted host whose address is written, as they see themselves. */
async function host(state = 'VETTED') {
  const home = await world.home({ sleeps: [2, 2] })
  const actor: UserActor = { kind: 'USER', userId: home.userId, hostId: home.hostId, role: 'HOST', name: 'Dana', cityIds: [] }
  await moveTo({ ...home, actor }, OLD)
  await database.rows('update host set state = $2::host_state where id = $1', [home.hostId, state])
  return { ...home, actor }
}
type Host = { homeId: string; hostId: string; actor: UserActor }

async function moveTo({ homeId, actor }: Host, address: string, entrance: string | null = null) {
  const { version } = await database.row('select version from home where id = $1', [homeId])
  return changeAddress({ actor, homeId, version: Number(version), address, entrance, ...call() })
}

async function asked(roomId: string, from = 0): Promise<string> {
  const answer = await world.propose(aigul.userId, await world.arrival({ adults: 1 }), [{ roomId, from, until: from + 3, adults: 1 }])
  const [placement = answer.code] = answer.placementIds ?? []
  return placement
}

async function confirmed(roomId: string, from = 0): Promise<string> {
  const placement = await asked(roomId, from)
  await world.sayYes(placement, 'HOST')
  await world.sayYes(placement, 'GUEST')
  await world.secondYes(lead, placement)
  return placement
}

const stateOf = async (placement: string) => (await database.row('select state from placement where id = $1', [placement]))['state']
const toVisit = async (homeId: string) => (await database.row('select to_visit from home where id = $1', [homeId]))['to_visit']
const factsOf = (hostId: string) => database.row('select state, version from host where id = $1', [hostId])

async function recordVisit(hostId: string, homes: readonly string[], { version, actor = aigul }: { version?: number; actor?: UserActor } = {}) {
  const check: NewCheck = { kind: 'VISIT', doneOn: today(), womenOnlySeen: false, homes, note: null }
  const known = version ?? Number((await factsOf(hostId))['version'])
  return recordCheck({ actor, ...call(), hostId, version: known, check })
}

describe('another address of a home', () => {
  it.each(['VISITED', 'VETTED'])('of a %s host waits for a visit, and what was asked of it is released', async (state) => {
    const dana = await host()
    const placement = await asked(dana.roomId)
    await database.rows('update host set state = $2::host_state where id = $1', [dana.hostId, state])
    expect(await moveTo(dana, NEW)).toMatchObject({ ok: true })
    expect(await toVisit(dana.homeId)).toBe(true)
    expect(await database.row('select state, ended_side, ended_reason from placement where id = $1', [placement]))
      .toEqual({ state: 'CANCELLED', ended_side: 'COORDINATOR', ended_reason: 'HOME_TO_VISIT' })
    expect(await database.rows('select kind from message where placement_id = $1 and kind = $2', [placement, 'ENDED_GUEST'])).toHaveLength(1)
    expect(await database.row('select a.state from arrival a join placement p on p.arrival_id = a.id where p.id = $1', [placement])).toEqual({ state: 'OPEN' })
    expect(await database.rows('select 1 from refusal where home_id = $1', [dana.homeId])).toEqual([])
    expect(await asked(dana.roomId)).toBe(state === 'VETTED' ? 'HOME_TO_VISIT' : 'HOST_NOT_VETTED')
  })

  it('is not the same words otherwise written', async () => {
    const dana = await host()
    const { version } = await factsOf(dana.hostId)
    expect(await moveTo(dana, 'УЛИЦА  тайная 7', '3 этаж')).toMatchObject({ ok: true })
    expect([await toVisit(dana.homeId), (await factsOf(dana.hostId))['version']]).toEqual([false, version])
  })

  it.each(['APPLIED', 'BLOCKED'])('of a %s host is another place too: a visit to it would vet the host, not the new address', async (state) => {
    const dana = await host(state)
    const version = Number((await factsOf(dana.hostId))['version'])
    expect(await moveTo(dana, NEW)).toMatchObject({ ok: true })
    expect(await toVisit(dana.homeId)).toBe(true)
    expect((await factsOf(dana.hostId))['version']).toBe(version + 1)
  })

  it('is refused while guests are promised this home or live there, whatever became of the vetting', async () => {
    const dana = await host()
    const placement = await confirmed(dana.roomId)
    expect(await stateOf(placement)).toBe('CONFIRMED')
    expect(await moveTo(dana, NEW)).toMatchObject({ ok: false, reason: 'HOME_OCCUPIED' })
    await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), placement])
    await database.rows(`update host set state = 'VISITED' where id = $1`, [dana.hostId])
    expect(await moveTo(dana, NEW)).toMatchObject({ ok: false, reason: 'HOME_OCCUPIED' })
    expect(await moveTo(dana, OLD, 'другой вход')).toMatchObject({ ok: true })
    expect(await toVisit(dana.homeId)).toBe(false)
  })

  it('never meets a proposal halfway: it is released, or refused', async () => {
    const dana = await host()
    const [moved, placement] = await Promise.all([moveTo(dana, NEW), asked(dana.roomId)])
    expect(moved).toMatchObject({ ok: true })
    expect(placement === 'HOME_TO_VISIT' || (await stateOf(placement)) === 'CANCELLED').toBe(true)
  })

  it('of somebody else’s home is not there', async () => {
    const [mine, theirs] = [await host(), await host()]
    await expect(moveTo({ ...theirs, actor: mine.actor }, NEW)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await toVisit(theirs.homeId)).toBe(false)
  })
})

describe('a recorded visit', () => {
  it('opens the homes it was in, and no other', async () => {
    const [dana, other] = [await host(), await host()]
    await moveTo(dana, NEW)
    await moveTo(other, NEW)
    await expect(recordVisit(dana.hostId, [dana.homeId, other.homeId])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(recordVisit(dana.hostId, [])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect([await toVisit(other.homeId), await toVisit(dana.homeId)]).toEqual([true, true])
    expect(await recordVisit(dana.hostId, [dana.homeId])).toMatchObject({ ok: true })
    expect(await toVisit(dana.homeId)).toBe(false)
    expect(await stateOf(await asked(dana.roomId))).toBe('PROPOSED')
  })

  it.each(['APPLIED', 'VETTED'])('of a page drawn before a %s host changed the address is not recorded for the new one', async (state) => {
    const dana = await host(state)
    const version = Number((await factsOf(dana.hostId))['version'])
    await moveTo(dana, NEW)
    expect(await recordVisit(dana.hostId, [dana.homeId], { version })).toMatchObject({ ok: false, reason: 'STALE_VERSION' })
    expect(await toVisit(dana.homeId)).toBe(true)
  })
})

function offer(mail: string): Offer {
  return {
    key: world.newKey(), what: { kind: 'FLAT', rooms: 1, places: 2, extras: [] },
    where: { cityId: 'almaty', districtId: null, address: OLD, entrance: null },
    when: { start: 'TODAY', startDay: null, length: 'WEEK', lastNight: null, restNights: '0', longest: 'ANY', notice: '0' },
    house: {
      womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: false, animalsHere: false, smoking: false,
      childrenWelcome: true, animalsWelcome: false, stepFree: false, languages: ['ru'],
    },
    you: { firstName: 'Дана', mail, contactShown: false },
  }
}

describe('every home', () => {
  async function offered(mail: string, cityId = 'almaty') {
    const told = offer(mail)
    const answer = await offerHome({ actor: { kind: 'ANONYMOUS' }, offer: { ...told, where: { ...told.where, cityId } }, locale: 'ru', userName: 'Хозяин', roomNames: ['1'] })
    if (!answer.ok) throw new Error(answer.reason)
    return answer.value
  }

  const roomOf = async (home: string) => String((await database.row('select id from room where home_id = $1', [home]))['id'])

  async function vouched(hostId: string) {
    await database.rows(`insert into vetting_check (host_id, kind, by_user_id, done_on, expires_on)
      select $1, 'REFERENCE', $2, current_date - 9, current_date + 300 from generate_series(1, 2)`, [hostId, aigul.userId])
  }

  it('waits for a visit of its own, the first one too, though a visit to the other has vetted the host', async () => {
    const mail = `host-${randomUUID()}@example.org`
    const first = await offered(mail)
    const second = await offered(mail, 'astana')
    expect(second.host).toBe(first.host)
    await vouched(first.host)
    const inAstana = { ...aigul, cityIds: ['astana'] }
    await expect(recordVisit(first.host, [first.home], { actor: inAstana })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await recordVisit(first.host, [second.home], { actor: inAstana })).toMatchObject({ ok: true, value: { state: 'VETTED' } })
    expect([await toVisit(first.home), await toVisit(second.home)]).toEqual([true, false])
    expect((await hostHome(first.host)).homes.map((home) => home.toVisit)).toEqual([true, false])
    expect(await asked(await roomOf(first.home))).toBe('HOME_TO_VISIT')
    expect(await recordVisit(first.host, [first.home])).toMatchObject({ ok: true })
    expect(await stateOf(await asked(await roomOf(first.home)))).toBe('PROPOSED')
  })

  it('moved while the vetting was over is not opened by a visit to another', async () => {
    const mail = `host-${randomUUID()}@example.org`
    const [first, second] = [await offered(mail), await offered(mail)]
    await database.rows('update home set to_visit = false where host_id = $1', [first.host])
    await vouched(first.host)
    const actor: UserActor = { kind: 'USER', userId: first.user, hostId: first.host, role: 'HOST', name: 'Dana', cityIds: [] }
    expect(await moveTo({ homeId: first.home, hostId: first.host, actor }, NEW)).toMatchObject({ ok: true })
    expect(await recordVisit(first.host, [second.home])).toMatchObject({ ok: true, value: { state: 'VETTED' } })
    expect(await asked(await roomOf(first.home))).toBe('HOME_TO_VISIT')
  })
})

describe('a vetting whose year is over', () => {
  const endsOn = (hostId: string, days: number) =>
    database.rows('update host set vetted_until = $2 where id = $1', [hostId, addDays(today(), days)])
  const visited = (hostId: string, days: number) => database.rows(
    `insert into vetting_check (host_id, kind, by_user_id, done_on, expires_on) values ($1, 'VISIT', $2, $3, $4)`,
    [hostId, aigul.userId, addDays(today(), days - 365), addDays(today(), days)])

  it.each([['a visit that still counts', 5, 'VISITED'], ['no visit that counts', 0, 'APPLIED']])(
    'is taken away: with %s the host is %s days later what is left', async (_name, days, state) => {
      const dana = await host()
      const [question, stay] = [await asked(dana.roomIds[0] ?? ''), await confirmed(dana.roomIds[1] ?? '')]
      await visited(dana.hostId, days)
      await endsOn(dana.hostId, 0)
      await expireVettingJob()
      await expireVettingJob()
      expect((await factsOf(dana.hostId))['state']).toBe(state)
      expect(await database.row('select state, ended_reason from placement where id = $1', [question])).toEqual({ state: 'CANCELLED', ended_reason: 'VETTING_OVER' })
      expect(await stateOf(stay)).toBe('CONFIRMED')
      const events = await database.rows(`select 1 from audit_event where action = 'host.vetting-ended' and subject ->> 'host' = $1`, [dana.hostId])
      expect(events).toHaveLength(1)
      expect(await asked(dana.roomIds[0] ?? '')).toBe('HOST_NOT_VETTED')
      const extend = async (until: number) =>
        world.call(`extend_placement('test', $1, 'h', $2, $3, true)`, [world.newKey(), stay, addDays(today(), until)])
      expect((await extend(5)).code).toBe('NOT_OPEN')
      expect((await extend(2)).code).toBe('OK')
      const reveal = `reveal_field('test', $1, 'GUEST', null, 'ADDRESS')`
      expect(await world.call(reveal, [stay])).toMatchObject({ code: 'OK' })
      await database.rows(`update host set state = 'BLOCKED' where id = $1`, [dana.hostId])
      expect(await world.call(reveal, [stay])).toMatchObject({ code: 'NOT_OPEN' })
    })

  it('holds until that day has come', async () => {
    const dana = await host()
    await endsOn(dana.hostId, 1)
    await expireVettingJob()
    expect((await factsOf(dana.hostId))['state']).toBe('VETTED')
  })

  it('stands first in the list, with what runs out within the month and homes nobody has seen', async () => {
    const [over, soon, later, unseen] = [await host('VISITED'), await host(), await host(), await host()]
    await endsOn(over.hostId, -400)
    await endsOn(soon.hostId, 30)
    await endsOn(later.hostId, 31)
    await moveTo(unseen, NEW)
    const scope = { actor: aigul, cityIds: aigul.cityIds } as unknown as CoordinatorScope
    const all = await listHosts(scope, { search: null, limit: 200 })
    const placeOf = ({ hostId }: Host) => all.findIndex(({ id }) => id === hostId)
    expect(placeOf(over)).toBe(0)
    expect(all[placeOf(soon)]).toMatchObject({ renewal: 'SOON' })
    expect(all[placeOf(over)]).toMatchObject({ renewal: 'OVER' })
    expect(all[placeOf(later)]).toMatchObject({ renewal: null })
    expect(Math.max(placeOf(soon), placeOf(unseen))).toBeLessThan(placeOf(later))
  })
})
