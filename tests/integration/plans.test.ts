import { Client } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import type { UserActor } from '@/lib/auth/rules'
import { formGroup } from '@/lib/arrivals/commands/group'
import { checkInvariants } from '@/lib/db/invariants'
import { propose, type PlanLeg } from '@/lib/placements/commands/propose'
import { proposeLegs } from '@/lib/placements/commands/propose-legs'
import { proposeList } from '@/lib/placements/commands/propose-list'
import { proposeMany } from '@/lib/placements/commands/propose-many'
import { withdrawArrival } from '@/lib/placements/commands/release'
import { moveStay } from '@/lib/placements/commands/stay'
import { secondYes } from '@/lib/placements/commands/yes'
import { smallStays } from '../setup/small-stays'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallStays>
let aigul: UserActor
let erlan: UserActor

beforeAll(async () => {
  database = await testDatabase()
  world = smallStays(database)
  aigul = await world.staff('COORDINATOR')
  erlan = await world.staff('LEAD', 'Erlan')
})

const roomsOf = async (sleeps: number[]) => (await world.home({ sleeps })).roomIds
const holdsOf = (arrivalId: string) => database.rows('select 1 from hold where arrival_id = $1', [arrivalId])
const single = (arrivalId: string, leg: PlanLeg) => ({ arrivalId, kind: 'SINGLE' as const, legs: [leg] })
const many = (proposals: Parameters<typeof proposeMany>[0]['proposals'], over = {}) =>
  proposeMany({ ...world.once(), actor: aigul, proposals, ...over })

const together = (arrivalIds: string[], over = {}) => formGroup({ ...world.once(), actor: aigul, arrivalIds, together: 'SAME_CITY', ...over })

/** Colleagues who asked to be placed together. */
async function group(size: number): Promise<string[]> {
  const members: string[] = []
  for (let index = 0; index < size; index += 1) members.push(await world.arrival({ adults: 1 }))
  expect(await together(members)).toMatchObject({ ok: true })
  return members
}

async function groupPlan(members: string[], roomIds: string[]) {
  const legs = await Promise.all(members.map(async (arrivalId, index) => ({ ...(await world.leg(roomIds[index] ?? '', 0, 3)), arrivalId })))
  return propose({ ...world.once(), actor: aigul, arrivalId: members[0] ?? '', kind: 'GROUP', legs })
}

describe('a group', () => {
  it('is held in all its rooms, answers party by party, and is confirmed party by party', async () => {
    const members = await group(3)
    const [one, other] = [await world.home({ sleeps: [1, 1] }), await world.home({ sleeps: [1] })]
    const made = await groupPlan(members, [...one.roomIds, ...other.roomIds])
    const ids = made.ok ? made.value.placementIds : []
    expect(ids).toHaveLength(3)
    for (const id of ids) await world.yes(id, 'HOST')
    const of = async (arrivalId: string | undefined) => String((await database.row(
      'select id from placement where arrival_id = $1', [arrivalId]))['id'])
    await world.yes(await of(members[0]), 'GUEST')
    await secondYes({ ...world.once(), actor: erlan, placementId: ids[0] ?? '' })
    expect(await world.stateOf(await of(members[0]))).toBe('CONFIRMED')
    expect([await world.stateOf(await of(members[1])), await world.stateOf(await of(members[2]))]).toEqual(['PROPOSED', 'PROPOSED'])
    await world.yes(await of(members[1]), 'GUEST')
    expect(await world.stateOf(await of(members[1]))).toBe('CONFIRMED')
    // who takes it back takes back their own place only
    await withdrawArrival({ ...world.once(), actor: { kind: 'GUEST', arrivalId: members[2] ?? '' }, arrivalId: members[2] ?? '', erase: false })
    expect([await world.stateOf(await of(members[0])), await world.stateOf(await of(members[2]))]).toEqual(['CONFIRMED', 'CANCELLED'])
    expect(await world.told(members[1] ?? '', 'CONFIRMED_GUEST')).toHaveLength(1)
  })

  it('is held in none of them when one is gone, and is told which', async () => {
    const [first = '', gone = ''] = [...await roomsOf([1]), ...await roomsOf([1])]
    const members = await group(2)
    await world.proposed([await world.leg(gone, 1, 2)])
    expect(await groupPlan(members, [first, gone])).toMatchObject({
      ok: false, reason: 'ROOM_TAKEN', detail: { roomId: gone, roomName: 'room', byName: 'Aigul', rooms: 'SEVERAL' } })
    expect(await holdsOf(members[0] ?? '')).toEqual([])
  })

  it('is asked of a host of several of its rooms once, and a no frees them all and puts their parties back', async () => {
    const members = await group(2)
    const { roomIds } = await world.home({ sleeps: [1, 1] })
    const made = await groupPlan(members, roomIds)
    const [first = ''] = made.ok ? made.value.placementIds : []
    expect(await database.rows(`select 1 from message where kind = 'ASK_HOST' and arrival_id = any ($1)`, [members])).toHaveLength(1)
    await world.end({ placementId: first, actor: world.ticket(first, 'HOST'), to: 'DECLINED', side: 'HOST', reason: 'OTHER' })
    for (const member of members) expect(await world.arrivalOf(member)).toMatchObject({ state: 'OPEN' })
    for (const member of members) expect(await world.told(member, 'ENDED_GUEST')).toHaveLength(1)
  })

  it('is formed once, of requests that are open, ours, and in no other group', async () => {
    const members = await group(2)
    const free = await world.arrival({ adults: 1 })
    expect(await together([free, members[0] ?? ''])).toEqual({ ok: false, reason: 'ALREADY_GROUPED' })
    await database.rows(`update arrival set state = 'CLOSED', closed_at = now() where id = $1`, [free])
    expect(await together([free, await world.arrival({ adults: 1 })])).toEqual({ ok: false, reason: 'ARRIVAL_GONE' })
    await expect(together([crypto.randomUUID(), await world.arrival({ adults: 1 })])).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const elsewhere = { ...aigul, cityIds: ['astana'] }
    await expect(together([await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 })], { actor: elsewhere })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('lapses as a whole, each party told', async () => {
    const members = await group(2)
    const made = await groupPlan(members, await roomsOf([1, 1]))
    await database.rows('update plan set deadline = now() where id = $1', [made.ok ? made.value.planId : ''])
    await database.rows('select lapse_plan($1)', [made.ok ? made.value.planId : ''])
    for (const member of members) expect(await world.told(member, 'LAPSED_GUEST')).toHaveLength(1)
  })

  it.each([
    ['strangers in one plan', async () => groupPlan([await world.arrival({ adults: 1 }), await world.arrival({ adults: 1 })], await roomsOf([1, 1]))],
    ['members under another kind of plan', async () => {
      const [one = '', other = ''] = await group(2)
      const [first = '', second = ''] = await roomsOf([1, 1])
      const legs = [{ ...(await world.leg(first, 0, 2)), arrivalId: one }, { ...(await world.leg(second, 0, 2)), arrivalId: other }]
      return propose({ ...world.once(), actor: aigul, arrivalId: one, kind: 'SEVERAL_ROOMS', legs })
    }],
  ])('is not made of %s', async (_what, plan) => {
    expect(await plan()).toMatchObject({ ok: false, reason: 'NOT_A_GROUP' })
  })
})

describe('a relay', () => {
  it('is proposed with reasons of ours, or names the room that was lost and what is free in its stead', async () => {
    const arrivalId = await world.arrival({ adults: 1 })
    const [first = '', lost = ''] = [...await roomsOf([2]), ...await roomsOf([2])]
    const legs = await Promise.all([[first, 0, 4], [lost, 4, 8]].map(async ([roomId, from, until]) => (
      { roomId: String(roomId), from: await world.day(Number(from)), until: await world.day(Number(until)), adults: 1, childrenAges: [] })))
    const ask = (over = {}) => proposeLegs({ ...world.once(), actor: aigul, arrivalId, kind: 'RELAY', legs, ...over })
    const [taken = ''] = await world.proposed([await world.leg(lost, 5, 6)])
    const answer = await ask()
    expect(answer).toMatchObject({ ok: false, reason: 'ROOM_TAKEN', detail: { roomId: lost, roomName: 'room', byName: 'Aigul' } })
    const freeNow = answer.ok ? [] : answer.detail.freeNow.map(({ roomId }) => roomId)
    expect(freeNow.length).toBeGreaterThan(0)
    expect(freeNow).not.toContain(lost)
    expect(await holdsOf(arrivalId)).toEqual([])
    await world.end({ placementId: taken, to: 'DECLINED', side: 'GUEST', reason: 'OTHER' })
    const key = world.newKey()
    expect(await ask({ key })).toMatchObject({ ok: true, replayed: false })
    // by now the rules speak against it: the rooms are theirs; whoever asks again is answered as before
    await database.rows('update host set rest_nights = 30')
    expect(await ask({ key })).toMatchObject({ ok: true, replayed: true })
    await database.rows('update host set rest_nights = 0')
    const { reasons } = await database.row('select reasons from placement where arrival_id = $1 limit 1', [arrivalId])
    expect(reasons).toMatchObject({ policy: expect.anything() })
  })

  it('keeps its other legs when one is declined, and the coordinator sees the nights that are open', async () => {
    const arrivalId = await world.arrival({ adults: 1 })
    const [first = '', second = '', third = ''] = [...await roomsOf([2]), ...await roomsOf([2]), ...await roomsOf([2])]
    const legs = [await world.leg(first, 0, 3), await world.leg(second, 3, 6), await world.leg(third, 6, 10)]
    const ids = await world.proposed(legs, { arrivalId })
    await world.end({ placementId: ids[1] ?? '', actor: world.ticket(ids[1] ?? '', 'HOST'), to: 'DECLINED', side: 'HOST', reason: 'OTHER' })
    expect(await Promise.all(ids.map((id) => world.stateOf(id)))).toEqual(['PROPOSED', 'DECLINED', 'PROPOSED'])
    expect(await database.row('select lower(onward_nights(id, current_date))::text as from, upper(onward_nights(id, current_date))::text as until from arrival where id = $1', [arrivalId]))
      .toEqual({ from: await world.day(3), until: await world.day(6) })
  })
})

describe('a stay its host ended early, beside a later place', () => {
  it.each([
    ['with a word that nothing more is needed', true], ['and nights still needed', false],
  ])('stands in a list or in none, as it was said: %s', async (_what, close) => {
    const arrivalId = await world.arrival({ adults: 1 })
    const [now = '', later = ''] = [...await roomsOf([2]), ...await roomsOf([2])]
    const [stay = ''] = await world.confirmed([await world.leg(now, 0, 4)], { arrivalId })
    const [next = ''] = await world.proposed([await world.leg(later, 30, 32)], { arrivalId })
    await database.rows(`select record_arrived('test', $1, 'h', $2)`, [world.newKey(), stay])
    await world.end({ placementId: stay, to: 'DEPARTED', side: 'HOST', reason: 'HOST_ENDED_EARLY', close })
    await world.yes(next, 'HOST')
    await world.yes(next, 'GUEST')
    await secondYes({ ...world.once(), actor: erlan, placementId: next })
    expect(await world.stateOf(next)).toBe('CONFIRMED')
    const { needs } = await database.row('select onward_nights(id, null) is not null as needs from arrival where id = $1', [arrivalId])
    expect(needs).toBe(!close)
  })
})

describe('many at once', () => {
  it('lets the rest go through when some are lost, each answered in its place by name', async () => {
    const rooms = await roomsOf([2, 2, 2, 2])
    const guests = await Promise.all([1, 2, 3, 4].map(() => world.arrival({ adults: 1 })))
    await world.proposed([await world.leg(rooms[1] ?? '', 0, 2)])
    const proposals = await Promise.all(guests.map(async (id, index) => single(id, await world.leg(rooms[index] ?? '', 1, 3))))
    const answer = await many(proposals)
    const outcomes = answer.ok ? answer.value.outcomes : []
    expect(outcomes.map(({ arrivalId }) => arrivalId)).toEqual(guests)
    expect(outcomes.map((one) => (one.ok ? 'OK' : one.reason))).toEqual(['OK', 'ROOM_TAKEN', 'OK', 'OK'])
    expect(outcomes[1]).toMatchObject({ detail: { roomId: rooms[1], roomName: 'room', byName: 'Aigul' } })
    expect(await Promise.all(guests.map(async (id) => (await holdsOf(id)).length))).toEqual([1, 0, 1, 1])
  })

  it('gives a room that two of the list want to the earlier, and to the later what the earlier leaves', async () => {
    const [room = '', spare = ''] = await roomsOf([2, 2])
    const [first = '', second = '', third = ''] = await Promise.all([1, 2, 3].map(() => world.arrival({ adults: 1 })))
    const answer = await many([
      single(first, await world.leg(room, 0, 3)),
      // loses the room to the first, so that the next one finds the spare room free
      { arrivalId: second, kind: 'RELAY', legs: [await world.leg(spare, 0, 2), await world.leg(room, 2, 4)] },
      single(third, await world.leg(spare, 1, 3)),
    ])
    expect(answer.ok && answer.value.outcomes.map((one) => (one.ok ? 'OK' : one.reason))).toEqual(['OK', 'ROOM_TAKEN', 'OK'])
  })

  it('promises a party one plan a night, also when the list names it twice', async () => {
    const [one = '', other = ''] = await roomsOf([2, 2])
    const arrivalId = await world.arrival({ adults: 1 })
    const answer = await many([single(arrivalId, await world.leg(one, 0, 3)), single(arrivalId, await world.leg(other, 1, 2))])
    expect(answer.ok && answer.value.outcomes.map((each) => (each.ok ? 'OK' : each.reason))).toEqual(['OK', 'ARRIVAL_TAKEN'])
  })

  it('does it once: sent again it answers the same, with other proposals it is refused', async () => {
    const [room = ''] = await roomsOf([2])
    const proposals = [single(await world.arrival({ adults: 1 }), await world.leg(room, 0, 3))]
    const key = world.newKey()
    const [first, again] = await Promise.all([many(proposals, { key }), many(proposals, { key })])
    expect(first.ok && again.ok && first.value).toEqual(again.ok && again.value)
    expect([first, again].filter((answer) => answer.ok && answer.replayed)).toHaveLength(1)
    expect(await many(proposals, { key, requestHash: 'another' })).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
  })

  it('keeps no name for the answer it gives again', async () => {
    const [room = ''] = await roomsOf([2])
    const guest = await world.arrival({ adults: 1 })
    await world.proposed([await world.leg(room, 0, 2)])
    const key = world.newKey()
    const proposals = [single(guest, await world.leg(room, 1, 3)), single(await world.arrival({ adults: 1 }), await world.leg(room, 4, 6))]
    const first = await many(proposals, { key })
    expect(first).toMatchObject({ ok: true, value: { outcomes: [{ detail: { roomName: 'room', byName: 'Aigul' } }, { ok: true }] } })
    const { answer } = await database.row('select answer::text as answer from idempotency_key where key = $1', [key])
    expect(answer).toContain(room)
    expect(answer).not.toMatch(/Aigul|byName|roomName/)
    expect(await many(proposals, { key })).toEqual({ ...first, replayed: true })
  })

  it('knows nothing of another town, also inside a list', async () => {
    const [near = ''] = await roomsOf([2])
    const far = await world.home({ sleeps: [2], cityId: 'astana' })
    const proposals = [single(await world.arrival({ adults: 1 }), await world.leg(far.roomId, 0, 1)),
      single(await world.arrival({ adults: 1 }), await world.leg(near, 0, 1)), { arrivalId: crypto.randomUUID(), kind: 'SINGLE' as const, legs: [] }]
    const answer = await many(proposals)
    expect(answer.ok && answer.value.outcomes.map((one) => (one.ok ? 'OK' : one.reason))).toEqual(['NOT_FOUND', 'OK', 'PARTY_MISMATCH'])
  })

  it('gives each plan of a list our reasons, and answers what no rule lets through in its place', async () => {
    const [room = ''] = await roomsOf([2])
    const [spare = ''] = await roomsOf([2])
    const far = await world.home({ sleeps: [2], cityId: 'astana' })
    const asked = async (roomId: string) => {
      const { reasons: _ours, ...leg } = await world.leg(roomId, 0, 2)
      return { arrivalId: await world.arrival({ adults: 1 }), kind: 'SINGLE' as const, legs: [leg] }
    }
    const proposals = [await asked(room), await asked(far.roomId), await asked(spare), { ...(await asked(room)), arrivalId: crypto.randomUUID() }]
    await database.rows(`update home set notice_hours = 336 where id = (select home_id from room where id = $1)`, [spare])
    const request = { ...world.once(), actor: aigul, proposals }
    const answer = await proposeList(request)
    expect(answer.ok && answer.value.outcomes.map((one) => (one.ok ? 'OK' : one.reason))).toEqual(['OK', 'NOT_FOUND', 'NO_LONGER_FITS', 'NOT_FOUND'])
    expect(await proposeList(request)).toEqual({ ...answer, replayed: true })
  })

  it('splits thousands into parts that are each done once, and goes on where it was cut off', async () => {
    const rooms = await roomsOf(Array.from({ length: 40 }, () => 2))
    const arrivalIds = (await database.rows(`insert into arrival (code, nickname, city_ids, from_date, until_date, adults)
      select substr(w, 1, 2) || '-' || substr(w, 3), 'guest', '{almaty}', city_today('almaty'), city_today('almaty') + 1, 1
      from (select 'Z' || lpad(upper(to_hex(n)), 4, '0') as w from generate_series(1, 1400) n) spoken returning id`)).map(({ id }) => String(id))
    const proposals = await Promise.all(arrivalIds.map(async (id, index) => (
      single(id, await world.leg(rooms[index % rooms.length] ?? '', Math.floor(index / rooms.length), Math.floor(index / rooms.length) + 1)))))
    const key = world.newKey()
    const request = { ...world.once(), key, actor: aigul, proposals }
    const answer = await proposeMany(request)
    expect(answer.ok && answer.value.outcomes.filter(({ ok }) => ok)).toHaveLength(1400)
    expect(await proposeMany(request)).toEqual({ ...answer, replayed: true })
    expect(await database.row('select count(*)::int as plans from plan where arrival_id = any ($1)', [arrivalIds])).toEqual({ plans: 1400 })
  }, 60_000)

  it('holds nothing while approvals are stopped', async () => {
    const [room = ''] = await roomsOf([2])
    const proposals = [single(await world.arrival({ adults: 1 }), await world.leg(room, 0, 3))]
    await database.rows(`update approval_gate set stopped_since = now(), reasons = '{I1}'`)
    const answer = await many(proposals).finally(() => database.rows(`update approval_gate set stopped_since = null, reasons = '{}'`))
    expect(answer).toMatchObject({ ok: false, reason: 'APPROVALS_STOPPED' })
  })
})

describe('plans that come at the same moment', () => {
  it('are each asked for alone when together they take longer than a statement may', async () => {
    const { text } = await database.row(`select pg_get_functiondef('begin_each'::regproc) as text`)
    const sound = String(text)
    // as if each of them waited a while for a lock; the number is drawn although the statement fails
    await database.rows('create sequence together')
    await database.rows('grant usage on sequence together to public')
    await database.rows(sound.replace('begin\n', `begin
      if jsonb_array_length(p_asked) > 1 then
        perform nextval('together');
        raise exception 'too long' using errcode = 'query_canceled';
      end if;\n`))
    const rooms = await roomsOf([1, 1, 1])
    const plans = await Promise.all(rooms.map(async (roomId) => single(await world.arrival({ adults: 1 }), await world.leg(roomId, 0, 3))))
    try {
      const answers = await Promise.all(plans.map((plan) => propose({ ...world.once(), actor: aigul, ...plan })))
      expect(answers.map(({ ok }) => ok)).toEqual([true, true, true])
      expect(await database.row('select is_called from together')).toEqual({ is_called: true })
    } finally {
      await database.rows(sound)
    }
  })
})

describe('other nights for guests who have not come yet', () => {
  const move = async (placementId: string, [from, until]: [number, number], over = {}) => moveStay({
    ...world.once(), actor: aigul, placementId, from: await world.day(from), until: await world.day(until), hostAgreed: true, ...over })

  it('are held in the same instant, and the former ones are free', async () => {
    const [room = ''] = await roomsOf([2])
    const [id = ''] = await world.confirmed([await world.leg(room, 2, 5)])
    expect(await move(id, [4, 8])).toMatchObject({ ok: true })
    expect(await world.ask([await world.leg(room, 2, 4)])).toMatchObject({ ok: true })
    expect(await world.ask([await world.leg(room, 7, 9)])).toMatchObject({ ok: false, reason: 'ROOM_TAKEN' })
  })

  it('are the host’s to agree to, unless they lie within those that were agreed', async () => {
    const [room = ''] = await roomsOf([2])
    const [id = ''] = await world.confirmed([await world.leg(room, 2, 6)])
    expect(await move(id, [1, 4], { hostAgreed: false })).toMatchObject({ ok: false, reason: 'HOST_NOT_ASKED' })
    expect(await move(id, [3, 5], { hostAgreed: false })).toMatchObject({ ok: true })
  })

  it('take several rooms along, all or none', async () => {
    const { roomIds: [one = '', other = ''] } = await world.home({ sleeps: [1, 1] })
    const arrivalId = await world.arrival({ adults: 2 })
    const ids = await world.confirmed([await world.leg(one, 2, 5), await world.leg(other, 2, 5)], { arrivalId })
    await world.proposed([await world.leg(other, 6, 8)])
    expect(await move(ids[0] ?? '', [4, 7])).toMatchObject({ ok: false, reason: 'EXTEND_ROOM_TAKEN' })
    expect(await move(ids[0] ?? '', [3, 6])).toMatchObject({ ok: true })
    const nights = await database.rows('select from_date::text as from, until_date::text as until from hold where arrival_id = $1', [arrivalId])
    expect(nights).toEqual([1, 2].map(() => ({ from: nights[0]?.['from'], until: nights[0]?.['until'] })))
    expect(nights[0]).toEqual({ from: await world.day(3), until: await world.day(6) })
  })

  it.each([
    ['before today', [-1, 2], 'NIGHTS_INVALID'], ['the same', [2, 5], 'NIGHTS_INVALID'], ['none', [4, 4], 'NIGHTS_INVALID'],
    ['that are not offered', [98, 104], 'NOT_OFFERED'], ['over a year', [1, 380], 'NIGHTS_TOO_MANY'],
  ] as [string, [number, number], string][])('are refused when they are %s', async (_what, nights, reason) => {
    const [room = ''] = await roomsOf([2])
    const [id = ''] = await world.confirmed([await world.leg(room, 2, 5)])
    expect(await move(id, nights)).toMatchObject({ ok: false, reason })
  })

  it('are not for guests who are there, nor for one who is only asked', async () => {
    const [room = ''] = await roomsOf([2])
    const [id = ''] = await world.proposed([await world.leg(room, 2, 5)])
    expect(await move(id, [3, 5])).toMatchObject({ ok: false, reason: 'NOT_OPEN' })
  })
})

it('keeps every invariant through all of this', async () => {
  const client = new Client({ connectionString: database.connectionString })
  await client.connect()
  const answers = await checkInvariants(client)
  await client.end()
  expect(answers.flatMap(({ invariant, violations }) => violations.map(({ what }) => `${invariant.id}: ${what}`))).toEqual([])
})
