import { beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { seal } from '@/lib/privacy/seal'
import { recordCheck, revealForVisit, revealHomes, type NewCheck } from '@/lib/safety/commands'
import { hostRecord, listHosts } from '@/lib/safety/queries'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let aigul: UserActor
const today = () => todayIn('almaty')

async function staff(name: string, cityIds = ['almaty']): Promise<UserActor> {
  return { kind: 'USER', userId: await world.person('COORDINATOR', name), role: 'COORDINATOR', name, cityIds, hostId: null }
}

function scopeOf(actor: UserActor): CoordinatorScope {
  return { actor, cityIds: actor.cityIds } as unknown as CoordinatorScope
}

async function applicant(facts = '') {
  const home = await world.home({ sleeps: [2] })
  await database.rows(`update host set state = 'APPLIED' ${facts} where id = $1`, [home.hostId])
  await database.rows('update home set to_visit = true where host_id = $1', [home.hostId])
  return home
}

const visit = (over: Partial<Extract<NewCheck, { kind: 'VISIT' }>> = {}): NewCheck => (
  { kind: 'VISIT', doneOn: today(), womenOnlySeen: false, homes: [], note: null, ...over })
const reference = (referee: string, note: string | null = null): NewCheck => (
  { kind: 'REFERENCE', doneOn: today(), referee, note })

async function versionOf(hostId: string): Promise<number> {
  return Number((await database.row('select version from host where id = $1', [hostId]))['version'])
}

/** A visit is to every home of the host. */
async function seenAt(hostId: string, check: NewCheck): Promise<NewCheck> {
  const homes = await database.rows('select id from home where host_id = $1', [hostId])
  return check.kind === 'VISIT' ? { ...check, homes: homes.map(({ id }) => String(id)) } : check
}

async function record(hostId: string, found: NewCheck, actor = aigul, key = world.newKey()) {
  const check = await seenAt(hostId, found)
  return recordCheck({ actor, key, requestHash: JSON.stringify(check), hostId, version: await versionOf(hostId), check })
}

const eventsOf = async (hostId: string) => (await database.rows(
  `select action from audit_event where subject ->> 'host' = $1 order by seq`, [hostId])).map((row) => String(row['action']))
const checksOf = (hostId: string) => database.rows('select * from vetting_check where host_id = $1 order by created_at', [hostId])

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
  aigul = await staff('Aigul')
})

describe('vetting a host', () => {
  it('takes a visit and two references of two people', async () => {
    const { hostId } = await applicant()
    expect(await record(hostId, visit())).toEqual({ ok: true, value: { host: hostId, state: 'VISITED' }, replayed: false })
    expect(await record(hostId, reference('Айша, соседка'))).toMatchObject({ ok: true, value: { state: 'VISITED' } })
    expect(await record(hostId, reference('соседка айша'))).toMatchObject({ ok: false, reason: 'SAME_REFEREE' })
    expect(await record(hostId, reference('Марат'))).toMatchObject({ ok: true, value: { state: 'VETTED' } })
    expect(await eventsOf(hostId)).toEqual(['host.visited', 'host.check-recorded', 'host.vetted'])
    expect(await database.row('select state, version, vetted_until::text from host where id = $1', [hostId]))
      .toEqual({ state: 'VETTED', version: 4, vetted_until: addDays(today(), 365) })
  })

  it('is complete in any order', async () => {
    const { hostId } = await applicant()
    await record(hostId, reference('Айша'))
    expect(await record(hostId, reference('Марат'))).toMatchObject({ value: { state: 'APPLIED' } })
    expect(await record(hostId, visit())).toMatchObject({ value: { state: 'VETTED' } })
    expect(await eventsOf(hostId)).toEqual(['host.check-recorded', 'host.check-recorded', 'host.vetted'])
  })

  it('counts for a year and keeps the note sealed', async () => {
    const { hostId } = await applicant()
    await record(hostId, reference('Айша', 'Знает десять лет.'))
    const [row] = await checksOf(hostId)
    expect(row?.['note_sealed']).toMatch(/^v1\.aesgcm256\./)
    expect(JSON.stringify(row)).not.toContain('Айша')
    const host = await hostRecord(scopeOf(aigul), hostId)
    expect(host.checks).toMatchObject([{
      kind: 'REFERENCE', byName: 'Aigul', counts: true, doneOn: today(), expiresOn: addDays(today(), 365),
      note: { referee: 'Айша', text: 'Знает десять лет.' },
    }])
  })

  it('starts again once the checks have run out, also with the same referee', async () => {
    const { hostId } = await applicant()
    await record(hostId, reference('Айша'))
    await database.rows(`update vetting_check set done_on = done_on - 366, expires_on = expires_on - 366 where host_id = $1`, [hostId])
    await record(hostId, visit())
    expect(await record(hostId, reference('Марат'))).toMatchObject({ value: { state: 'VISITED' } })
    expect(await record(hostId, reference('Айша'))).toMatchObject({ value: { state: 'VETTED' } })
  })

  it('believes that only women live there once it was seen, and not after it was not', async () => {
    const claim = ', women_only_household = true, women_only_guests = true'
    const [seen, other] = [await applicant(claim), await applicant(claim)]
    await record(seen.hostId, visit({ womenOnlySeen: true }))
    await record(other.hostId, visit())
    const facts = async (hostId: string) => database.row('select women_only_household, women_only_guests from host where id = $1', [hostId])
    expect(await facts(seen.hostId)).toEqual({ women_only_household: true, women_only_guests: true })
    expect(await facts(other.hostId)).toEqual({ women_only_household: false, women_only_guests: false })
  })
})

describe('refused, and nothing written', () => {
  it('nobody vets their own home', async () => {
    const { hostId, userId } = await applicant()
    const own: UserActor = { ...aigul, userId, hostId }
    expect(await record(hostId, visit(), own)).toMatchObject({ ok: false, reason: 'OWN_HOME' })
    expect(await checksOf(hostId)).toHaveLength(0)
  })

  it('a host of another city is not there, and neither is one who never was', async () => {
    const { hostId } = await applicant()
    const elsewhere = await staff('Galina', ['oral'])
    const guest = { ...aigul, role: 'HOST' as const }
    await expect(record(hostId, visit(), elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(record(hostId, visit(), guest)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const nobody = { actor: aigul, key: world.newKey(), requestHash: 'h', hostId: crypto.randomUUID(), version: 1, check: visit() }
    await expect(recordCheck(nobody)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(hostRecord(scopeOf(elsewhere), hostId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await checksOf(hostId)).toHaveLength(0)
  })

  it('a blocked host, and a page that somebody has overtaken', async () => {
    const { hostId } = await applicant()
    const stale = { actor: aigul, key: world.newKey(), requestHash: 'h', hostId, version: 99, check: visit() }
    expect(await recordCheck(stale)).toMatchObject({ ok: false, reason: 'STALE_VERSION' })
    await database.rows(`update host set state = 'BLOCKED' where id = $1`, [hostId])
    expect(await record(hostId, visit())).toMatchObject({ ok: false, reason: 'HOST_BLOCKED' })
    expect(await checksOf(hostId)).toHaveLength(0)
  })
})

describe('at the same instant', () => {
  it('a double click is one check', async () => {
    const { hostId } = await applicant()
    const request = { actor: aigul, key: world.newKey(), requestHash: 'h', hostId, version: await versionOf(hostId), check: await seenAt(hostId, visit()) }
    const answers = await Promise.all([recordCheck(request), recordCheck(request)])
    const done = { ok: true, value: { host: hostId, state: 'VISITED' } }
    expect(answers).toHaveLength(2)
    expect(answers).toEqual(expect.arrayContaining([{ ...done, replayed: false }, { ...done, replayed: true }]))
    expect(await checksOf(hostId)).toHaveLength(1)
    expect(await recordCheck({ ...request, requestHash: 'other' })).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
  })

  it('two coordinators with one page: one is told that it has changed', async () => {
    const { hostId } = await applicant()
    const version = await versionOf(hostId)
    const answers = await Promise.all([aigul, await staff('Daniyar')].map((actor, index) => recordCheck({
      actor, key: world.newKey(), requestHash: 'h', hostId, version, check: reference(`Referee ${String(index)}`),
    })))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(answers).toContainEqual(expect.objectContaining({ ok: false, reason: 'STALE_VERSION' }))
    expect(await checksOf(hostId)).toHaveLength(1)
  })
})

describe('arranging a visit', () => {
  const SECRET = 'улица Тайная, 7'
  async function reachable() {
    const home = await applicant()
    const sealed = (text: string, field: string, rowId: string) => seal(text, { field, rowId })
    await database.rows('update host set first_name_sealed = $2, contact_sealed = $3 where id = $1',
      [home.hostId, sealed('Дана', 'host.first_name', home.hostId), sealed('dana@example.org', 'host.contact', home.hostId)])
    await database.rows('update home set address_sealed = $2 where id = $1', [home.homeId, sealed(SECRET, 'home.address', home.homeId)])
    return home
  }
  const looksOf = (hostId: string) => database.rows('select to_side, user_id, field from reveal where host_id = $1 order by at, id', [hostId])

  it('opens contact and address by a press each, and writes down who looked before they see', async () => {
    const { hostId } = await reachable()
    expect(await revealForVisit({ actor: aigul, hostId })).toEqual({ ok: true, value: { firstName: 'Дана', contact: 'dana@example.org' } })
    expect(await revealHomes({ actor: aigul, hostId })).toEqual({ ok: true, value: [{ address: SECRET, entrance: null }] })
    const by = { to_side: 'COORDINATOR', user_id: aigul.userId }
    expect(await looksOf(hostId)).toEqual([{ ...by, field: 'HOST_CONTACT' }, { ...by, field: 'ADDRESS' }])
    expect((await eventsOf(hostId)).filter((name) => name === 'reveal.opened')).toHaveLength(2)
    const record = await hostRecord(scopeOf(aigul), hostId)
    expect(record.looks).toMatchObject([{ byName: 'Aigul', field: 'ADDRESS' }, { byName: 'Aigul', field: 'HOST_CONTACT' }])
    expect(JSON.stringify(record)).not.toMatch(/Тайная|dana@|aesgcm/)
  })

  it('opens nothing of a host elsewhere, of one’s own home, or of a home in another town', async () => {
    const { hostId, userId } = await reachable()
    const elsewhere = await staff('Galina', ['oral'])
    await expect(revealForVisit({ actor: elsewhere, hostId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(revealHomes({ actor: { ...aigul, role: 'HOST' }, hostId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await revealForVisit({ actor: { ...aigul, userId }, hostId })).toMatchObject({ ok: false, reason: 'OWN_HOME' })
    expect(await looksOf(hostId)).toEqual([])
    await database.rows(`insert into home (host_id, city_id, kind) values ($1, 'taraz', 'FLAT')`, [hostId])
    expect(await revealHomes({ actor: await staff('Saule', ['taraz']), hostId })).toEqual({ ok: true, value: [] })
  })

  async function occupied() {
    const home = await reachable()
    await database.rows(`update host set state = 'VETTED' where id = $1`, [home.hostId])
    await database.rows('update home set to_visit = false where id = $1', [home.homeId])
    const answer = await world.propose(aigul.userId, await world.arrival({ adults: 1 }), [{ roomId: home.roomId, from: 0, until: 3, adults: 1 }])
    const [placement = answer.code] = answer.placementIds ?? []
    await world.sayYes(placement, 'HOST')
    await world.sayYes(placement, 'GUEST')
    await world.secondYes(await world.person('LEAD', 'Marat'), placement)
    // the address is seen again soon: there is a reason to visit
    await database.rows('update host set vetted_until = current_date + 20 where id = $1', [home.hostId])
    return { ...home, placement }
  }

  it.each(['CONFIRMED', 'ARRIVED', 'DEPARTED'])('opens nothing of a home with guests one has not approved: %s', async (state) => {
    const { hostId, placement } = await occupied()
    if (state !== 'CONFIRMED') await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), placement])
    if (state === 'DEPARTED') await database.rows(`update placement set state = 'DEPARTED', departed_on = current_date where id = $1`, [placement])
    expect(await database.row('select state from placement where id = $1', [placement])).toEqual({ state })
    const curious = await staff('Daniyar')
    const closed = state === 'DEPARTED' ? null : 'NOT_YOURS'
    const answer = closed === null ? { ok: true } : { ok: false, reason: closed }
    expect((await hostRecord(scopeOf(curious), hostId)).closed).toEqual({ contact: closed, address: closed })
    expect(await revealForVisit({ actor: curious, hostId })).toMatchObject(answer)
    expect(await revealHomes({ actor: curious, hostId })).toMatchObject(answer)
    expect(await looksOf(hostId)).toHaveLength(closed === null ? 2 : 0)
    expect(await revealHomes({ actor: aigul, hostId })).toEqual({ ok: true, value: [{ address: SECRET, entrance: null }] })
  })

  it.each([
    ['waits for references', `state = 'VISITED'`, false, true],
    ['is vetted for long', `state = 'VETTED', vetted_until = current_date + 60`, false, false],
    ['is vetted, the home is not seen', `state = 'VETTED', vetted_until = current_date + 60`, true, true],
    ['is to be visited again within the month', `state = 'VETTED', vetted_until = current_date + 30`, false, true],
    ['is blocked', `state = 'BLOCKED'`, true, false],
  ])('opens the address of a host who %s only where a visit is due', async (_name, facts, toVisit, isDue) => {
    const { hostId, homeId } = await reachable()
    await database.rows(`update host set ${facts} where id = $1`, [hostId])
    await database.rows('update home set to_visit = $2 where id = $1', [homeId, toVisit])
    expect((await hostRecord(scopeOf(aigul), hostId)).closed).toEqual({ contact: null, address: isDue ? null : 'NO_VISIT_DUE' })
    expect(await revealHomes({ actor: aigul, hostId })).toMatchObject(isDue ? { ok: true, value: [{ address: SECRET }] } : { ok: false, reason: 'NO_VISIT_DUE' })
    expect(await looksOf(hostId)).toHaveLength(isDue ? 1 : 0)
    expect(await revealForVisit({ actor: aigul, hostId })).toMatchObject({ ok: true })
  })

  it('opens the address of the new home of a vetted host, and not of the others', async () => {
    const { hostId, homeId } = await reachable()
    await database.rows(`update host set state = 'VETTED', vetted_until = current_date + 60 where id = $1`, [hostId])
    await database.rows('update home set to_visit = false where id = $1', [homeId])
    const other = await world.idOf(`insert into home (host_id, city_id, kind, to_visit) values ($1, 'almaty', 'FLAT', true)`, [hostId])
    await database.rows('update home set address_sealed = $2 where id = $1', [other, seal('улица Новая, 1', { field: 'home.address', rowId: other })])
    expect(await revealHomes({ actor: aigul, hostId })).toEqual({ ok: true, value: [{ address: 'улица Новая, 1', entrance: null }] })
  })
})

describe('the list', () => {
  it('shows who waits for a visit first, where nothing is urgent, and finds rooms by part of their names, taken literally', async () => {
    const { hostId, roomId } = await applicant()
    await database.rows(`update room set name = 'Комната 100%_у окна' where id = $1`, [roomId])
    const all = await listHosts(scopeOf(aigul), { search: null, limit: 200 })
    const unhurried = all.filter(({ state, renewal, homes }) => renewal === null && (state === 'APPLIED' || homes.every((home) => !home.toVisit)))
    const states = unhurried.map(({ state }) => ['APPLIED', 'VISITED', 'VETTED', 'BLOCKED'].indexOf(state))
    expect(states).toEqual(states.toSorted((one, other) => one - other))
    const search = (roomName: string) => listHosts(scopeOf(aigul), { search: { cityIds: [], states: [], roomName }, limit: 5 })
    expect((await search('100%_У')).map(({ id }) => id)).toEqual([hostId])
    expect(await search('%%_')).toEqual([])
  })

  it('is limited and keeps to the cities of the scope', async () => {
    expect(await listHosts(scopeOf(aigul), { search: null, limit: 2 })).toHaveLength(2)
    expect(await listHosts(scopeOf(await staff('Galina', ['oral'])), { search: null, limit: 10 })).toEqual([])
  })
})
