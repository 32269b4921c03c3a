import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { spendSignInCode } from '@/lib/auth/commands'
import type { UserActor } from '@/lib/auth/rules'
import { addRoom, changeAddress, changeHome, giveAddress } from '@/lib/hosts/commands/home'
import { changeHousehold, confirmOffer } from '@/lib/hosts/commands/household'
import { offerHome, type Offer } from '@/lib/hosts/commands/offer-home'
import { changeRoom, closeNights, offerNights } from '@/lib/hosts/commands/room'
import { answerView } from '@/lib/hosts/queries/answer'
import { homeDetail, roomCalendar } from '@/lib/hosts/queries/details'
import { hostHome } from '@/lib/hosts/queries/home'
import { hostRequests, liveStays } from '@/lib/hosts/queries/requests'
import { addRoomSchema, homeSchema } from '@/lib/hosts/schema'
import { blindIndex, hashSecret, ticketFor } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
const HIDDEN = 'улица Тайная, 7'

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

function offer(over: Partial<Offer> = {}): Offer {
  return {
    key: world.newKey(),
    what: { kind: 'FLAT', rooms: 2, places: 3, extras: ['OWN_ENTRANCE'] },
    where: { cityId: 'almaty', districtId: 'almaty-medeu', address: HIDDEN, entrance: null },
    when: { start: 'TODAY', startDay: null, length: 'WEEK', lastNight: null, restNights: '2', longest: '7', notice: '12' },
    house: {
      womenOnlyHousehold: false, womenOnlyGuests: false, childrenHere: true, animalsHere: false, smoking: false,
      childrenWelcome: true, animalsWelcome: false, stepFree: true, languages: ['kk', 'ru'],
    },
    you: { firstName: 'Сәуле-канарейка', mail: `host-${world.newKey()}@example.org`, contactShown: false },
    ...over,
  }
}

const send = (one: Offer) =>
  offerHome({ actor: { kind: 'ANONYMOUS' }, offer: one, locale: 'kk', userName: 'Үй иесі', roomNames: ['1-бөлме', '2-бөлме'] })

function actorOf({ userId, hostId }: { userId: string; hostId: string }): UserActor {
  return { kind: 'USER', userId, hostId, role: 'HOST', name: 'Dana', cityIds: [] }
}

async function hostWithRooms(sleeps: number[] = [2]) {
  const home = await world.home({ sleeps })
  return { ...home, actor: actorOf(home) }
}

const call = () => ({ key: world.newKey(), requestHash: 'h' })
const nights = (from: number, until: number) => ({ from: addDays(todayIn('almaty'), from), until: addDays(todayIn('almaty'), until) })

async function openingsOf(roomId: string) {
  const rows = await database.rows('select from_date::text as "from", until_date::text as "until" from opening where room_id = $1 order by 1', [roomId])
  return rows as { from: string; until: string }[]
}

async function proposed(roomId: string, { from, until, adults }: { from: number; until: number; adults: number }) {
  const arrivalId = await world.arrival({ adults })
  const coordinator = await world.person('COORDINATOR', 'Aigul')
  const plan = await world.propose(coordinator, arrivalId, [{ roomId, from, until, adults }])
  return plan.placementIds?.[0] ?? ''
}

describe('offering a home', () => {
  it('writes host, home, rooms and openings together, and seals what names a person', async () => {
    const one = offer()
    const answer = await send(one)
    if (!answer.ok) throw new Error(answer.reason)
    const { user, host, home } = answer.value
    const rooms = await database.rows('select id, name, sleeps from room where home_id = $1 order by name', [home])
    expect(rooms).toMatchObject([{ name: '1-бөлме', sleeps: 3 }, { name: '2-бөлме', sleeps: 3 }])
    expect(await openingsOf(String(rooms[0]?.['id']))).toEqual([nights(0, 7)])
    const stored = await database.row(
      `select row_to_json(u)::text || row_to_json(h)::text || row_to_json(m)::text as text, u.role, h.state, h.rules_version, h.legal_version
       from "user" u, host h, home m where u.id = $1 and h.id = $2 and m.id = $3`, [user, host, home])
    expect(stored).toMatchObject({ role: 'HOST', state: 'APPLIED', rules_version: '2022-10-01', legal_version: '2022-10-01' })
    for (const secret of [one.you?.firstName, one.you?.mail, HIDDEN]) expect(stored['text']).not.toContain(secret)
    expect(await database.rows(`select 1 from audit_event where action = 'host.offered' and subject ->> 'home' = $1`, [home])).toHaveLength(1)
  })

  it('makes one home out of a double click, and out of a second code', async () => {
    const one = offer()
    const answers = await Promise.all([send(one), send(one), send(one)])
    const homes = answers.map((answer) => (answer.ok ? answer.value.home : answer.reason))
    expect(new Set(homes).size).toBe(1)
    expect(answers.filter((answer) => answer.ok && answer.replayed)).toHaveLength(2)
  })

  it.each<[string, (one: Offer) => Partial<Offer>]>([
    ['rooms', ({ what }) => ({ what: { ...what, rooms: 1 } })],
    ['nights', ({ when }) => ({ when: { ...when, length: 'MONTH' } })],
    ['household facts', ({ house }) => ({ house: { ...house, smoking: true } })],
    ['address lines', ({ where }) => ({ where: { ...where, address: `${HIDDEN}а` } })],
    ['words on the way in', ({ where }) => ({ where: { ...where, entrance: 'second door' } })],
    ['first names', ({ you }) => ({ you: { contactShown: false, mail: '', ...you, firstName: 'Dana' } })],
    ['mail addresses', ({ you }) => ({ you: { contactShown: false, firstName: '', ...you, mail: 'other@example.org' } })],
  ])('takes other %s under the same key for no replay', async (_what, change) => {
    const one = offer()
    await send(one)
    expect(await send({ ...one, ...change(one) })).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
  })

  it('answers a draft to whoever sent it, signed in or not, and to nobody else', async () => {
    const one = offer()
    const sent = await send(one)
    if (!sent.ok) throw new Error(sent.reason)
    const rest = { offer: one, locale: 'kk', userName: 'Үй иесі', roomNames: ['1', '2'] } as const
    const host = actorOf({ userId: sent.value.user, hostId: sent.value.host })
    expect(await offerHome({ ...rest, actor: host })).toEqual({ ...sent, replayed: true })
    const { actor: other } = await hostWithRooms()
    expect(await offerHome({ ...rest, actor: other })).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
    // listed by somebody signed in, with the mail of another left in the draft
    const next = offer()
    const listed = await offerHome({ ...rest, offer: next, actor: other })
    expect(listed).toMatchObject({ ok: true, value: { user: other.userId } })
    expect(await send(next)).toMatchObject({ ok: false, reason: 'KEY_REUSED' })
    expect((await hostHome(sent.value.host)).homes).toHaveLength(1)
  })

  it('gives somebody who hosts already another home and leaves household and role as they were', async () => {
    const { you } = offer()
    const first = await send(offer({ you }))
    const second = await send(offer({ you, house: { ...offer().house, smoking: true } }))
    if (!first.ok || !second.ok) throw new Error('refused')
    expect(second.value).toMatchObject({ user: first.value.user, host: first.value.host })
    expect(await database.row('select smoking from host where id = $1', [first.value.host])).toEqual({ smoking: false })
    expect((await hostHome(first.value.host)).homes).toHaveLength(2)
  })

  it('keeps the role of staff who host', async () => {
    const { you } = offer()
    const staff = await world.idOf('insert into "user" (role, name, email_index) values ($1, $2, $3)', ['COORDINATOR', 'Aigul', blindIndex('email', you?.mail ?? '')])
    expect(await send(offer({ you }))).toMatchObject({ ok: true, value: { user: staff } })
    expect(await database.row('select role, name from "user" where id = $1', [staff])).toEqual({ role: 'COORDINATOR', name: 'Aigul' })
  })

  it('writes nothing when the first night has gone by', async () => {
    const one = offer()
    const answer = await send({ ...one, when: { ...one.when, start: 'DATE', startDay: addDays(todayIn('almaty'), -1) } })
    expect(answer).toMatchObject({ ok: false, reason: 'NIGHTS_PAST' })
    expect(await database.rows('select 1 from "user" where email_index = $1', [blindIndex('email', one.you?.mail ?? '')])).toEqual([])
  })

  it('does not take back a blocked host with the same mail', async () => {
    const { you } = offer()
    const first = await send(offer({ you }))
    if (!first.ok) throw new Error(first.reason)
    await database.rows(`update host set state = 'BLOCKED' where id = $1`, [first.value.host])
    expect(await send(offer({ you }))).toMatchObject({ ok: false, reason: 'OFFER_CLOSED' })
  })
})

describe('a mailed code', () => {
  const mail = 'code@example.org'
  async function mailed(code: string, minutes = 10) {
    const id = randomUUID()
    await database.rows(
      `insert into sign_in_code (id, email_index, code_hash, expires_at) values ($1, $2, $3, now() + make_interval(mins => $4))`,
      [id, blindIndex('email', mail), hashSecret('sign-in', `${id}:${code}`), minutes])
    return { codeId: id, mail }
  }

  it('opens once, also for two at the same instant', async () => {
    const sent = await mailed('123456')
    const answers = await Promise.all([1, 2, 3].map(() => spendSignInCode({ ...sent, code: '123456', key: randomUUID() })))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1)
    expect(await spendSignInCode({ ...sent, code: '123456', key: randomUUID() })).toEqual({ ok: false, reason: 'CODE_SPENT' })
  })

  it('is spent after five wrong tries', async () => {
    const sent = await mailed('123456')
    for (let tries = 0; tries < 5; tries += 1) expect(await spendSignInCode({ ...sent, code: '000000', key: randomUUID() })).toEqual({ ok: false, reason: 'CODE_WRONG' })
    expect(await spendSignInCode({ ...sent, code: '123456', key: randomUUID() })).toEqual({ ok: false, reason: 'CODE_SPENT' })
  })

  it('is good for its own mail and for ten minutes', async () => {
    const late = await mailed('123456', -1)
    expect(await spendSignInCode({ ...late, code: '123456', key: randomUUID() })).toEqual({ ok: false, reason: 'CODE_SPENT' })
    const sent = await mailed('123456')
    expect(await spendSignInCode({ ...sent, mail: 'other@example.org', code: '123456', key: randomUUID() })).toEqual({ ok: false, reason: 'CODE_SPENT' })
  })

  it('lets nobody in who was disabled, in the words of a wrong code', async () => {
    await database.rows(`insert into "user" (role, name, email_index, disabled_at) values ('COORDINATOR', 'Gone', $1, now())`, [blindIndex('email', mail)])
    expect(await spendSignInCode({ ...(await mailed('123456')), code: '123456', key: randomUUID() })).toEqual({ ok: false, reason: 'CODE_WRONG' })
  })
})

describe('the calendar', () => {
  it('joins openings over a promise and cuts beside it', async () => {
    const { actor, roomId } = await hostWithRooms()
    await proposed(roomId, { from: 2, until: 5, adults: 2 })
    expect(await closeNights({ actor, roomId, version: 1, nights: nights(20, 30), ...call() })).toMatchObject({ ok: true })
    expect(await openingsOf(roomId)).toEqual([nights(0, 20), nights(30, 100)])
    expect(await offerNights({ actor, roomId, version: 2, nights: nights(18, 32), ...call() })).toMatchObject({ ok: true })
    expect(await openingsOf(roomId)).toEqual([nights(0, 100)])
    expect(await closeNights({ actor, roomId, version: 3, nights: nights(5, 7), ...call() })).toMatchObject({ ok: true })
    expect(await closeNights({ actor, roomId, version: 4, nights: nights(0, 2), ...call() })).toMatchObject({ ok: true })
    expect(await openingsOf(roomId)).toEqual([nights(2, 5), nights(7, 100)])
  })

  it('refuses to close promised nights, names them, and closes nothing', async () => {
    const { actor, roomId } = await hostWithRooms()
    await proposed(roomId, { from: 2, until: 5, adults: 1 })
    const answer = await closeNights({ actor, roomId, version: 1, nights: nights(4, 9), ...call() })
    expect(answer).toMatchObject({ ok: false, reason: 'NIGHTS_HELD', detail: { nights: [nights(4, 5)] } })
    expect(await openingsOf(roomId)).toEqual([nights(0, 100)])
  })

  it('loses no promise when a host closes nights while a coordinator proposes them', async () => {
    for (let round = 0; round < 8; round += 1) {
      const { actor, roomId } = await hostWithRooms()
      const [placement, closed] = await Promise.all([
        proposed(roomId, { from: 1, until: 4, adults: 1 }), closeNights({ actor, roomId, version: 1, nights: nights(0, 10), ...call() }),
      ])
      expect(placement !== '').toBe(!closed.ok)
    }
  })

  it('shows a change made meanwhile and answers a double click once', async () => {
    const { actor, roomId } = await hostWithRooms()
    const twice = { actor, roomId, version: 1, nights: nights(10, 12), ...call() }
    expect(await closeNights(twice)).toMatchObject({ ok: true, replayed: false })
    expect(await closeNights(twice)).toMatchObject({ ok: true, replayed: true })
    expect(await closeNights({ ...twice, ...call() })).toMatchObject({ ok: false, reason: 'STALE_VERSION' })
  })

  it('shows each night as it is', async () => {
    const { hostId, roomId } = await hostWithRooms()
    await proposed(roomId, { from: 1, until: 2, adults: 1 })
    const { nights: shown } = await roomCalendar({ hostId, roomId, ...nights(0, 3) })
    expect(shown.map(({ state }) => state)).toEqual(['FREE', 'HELD', 'FREE'])
  })
})

describe('rooms and homes', () => {
  it('does not take beds or the room away from guests', async () => {
    const { actor, roomId } = await hostWithRooms([3])
    await proposed(roomId, { from: 0, until: 2, adults: 2 })
    const room = { actor, roomId, version: 1, name: 'Балкон', quiet: true, privateBath: false }
    expect(await changeRoom({ ...room, sleeps: 1, inService: true, ...call() })).toMatchObject({ reason: 'BEDS_HELD', detail: { nights: [nights(0, 2)] } })
    expect(await changeRoom({ ...room, sleeps: 3, inService: false, ...call() })).toMatchObject({ reason: 'ROOM_HELD' })
    expect(await changeRoom({ ...room, sleeps: 2, inService: true, ...call() })).toMatchObject({ ok: true })
  })

  it('answers the same for another host’s id and for none', async () => {
    const [mine, theirs] = [await hostWithRooms(), await hostWithRooms()]
    const { actor } = mine
    const room = { version: 1, name: 'x', sleeps: 2, quiet: false, privateBath: false, inService: true }
    for (const id of [theirs.roomId, randomUUID()]) {
      await expect(changeRoom({ actor, roomId: id, ...room, ...call() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(closeNights({ actor, roomId: id, version: 1, nights: nights(0, 1), ...call() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(roomCalendar({ hostId: mine.hostId, roomId: id, ...nights(0, 1) })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    for (const homeId of [theirs.homeId, randomUUID()]) {
      await expect(addRoom({ actor, homeId, name: 'x', sleeps: 1, ...call() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(changeAddress({ actor, homeId, version: 1, address: 'x', entrance: null, ...call() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(homeDetail(mine.hostId, homeId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    }
    await expect(confirmOffer({ actor, hostId: theirs.hostId, ...call() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it.each(['❤️'.repeat(60), '👨‍👩‍👧‍👦'.repeat(60), 'Щ'.repeat(60)])('keeps every room name and every rule its forms take: %s', async (signs) => {
    const { homeId, actor } = await hostWithRooms()
    const { name, sleeps } = addRoomSchema.parse({ homeId, name: signs, sleeps: '2' })
    expect(await addRoom({ actor, homeId, name, sleeps, ...call() })).toMatchObject({ ok: true })
    const { houseRules, version } = homeSchema.parse({ homeId, version: '1', notice: '0', houseRules: signs.repeat(3) })
    const facts = { districtId: null, stepFree: false, ownEntrance: false, noticeHours: 0, houseRules }
    expect(await changeHome({ actor, homeId, version, ...facts, ...call() })).toMatchObject({ ok: true })
    const row = await database.row('select house_rules, (select max(name) from room where home_id = home.id and name = $2) as name from home where id = $1', [homeId, signs])
    expect(row).toEqual({ house_rules: signs.repeat(3), name: signs })
  })

  it('counts nights to offer by the calendar of the room’s own town, and says which end is wrong', async () => {
    const { actor, roomId } = await hostWithRooms()
    const change = (from: number, until: number) => offerNights({ actor, roomId, version: 1, nights: nights(from, until), ...call() })
    expect(await change(-1, 1)).toMatchObject({ ok: false, reason: 'NIGHTS_PAST' })
    expect(await change(360, 367)).toMatchObject({ ok: false, reason: 'NIGHTS_TOO_FAR' })
    expect(await change(360, 366)).toMatchObject({ ok: true })
  })

  it('keeps facts, a sealed address and a household apart', async () => {
    const { actor, homeId, hostId } = await hostWithRooms()
    const facts = { districtId: null, stepFree: true, ownEntrance: false, noticeHours: 12, houseRules: 'Тихо после десяти' }
    expect(await changeHome({ actor, homeId, version: 1, ...facts, ...call() })).toMatchObject({ ok: true })
    expect(await changeHome({ actor, homeId, version: 2, ...facts, districtId: 'bishkek-lenin', ...call() })).toMatchObject({ reason: 'DISTRICT_ELSEWHERE' })
    expect(await changeAddress({ actor, homeId, version: 2, address: HIDDEN, entrance: '3 этаж', ...call() })).toMatchObject({ ok: true })
    expect(await homeDetail(hostId, homeId)).toMatchObject({ address: HIDDEN, entrance: '3 этаж', noticeHours: 12 })
    const { stepFree: _ofHome, ...household } = offer().house
    const women = { ...household, womenOnlyHousehold: true }
    expect(await changeHousehold({ actor, hostId, version: 1, facts: women, ...call() })).toMatchObject({ reason: 'WOMEN_SEEN_AT_VISIT' })
    expect(await changeHousehold({ actor, hostId, version: 1, facts: household, ...call() })).toMatchObject({ ok: true })
  })
})

describe('answers by mail', () => {
  it('shows a host who comes, never a contact, and takes all rooms of the home together', async () => {
    const { hostId, roomIds } = await hostWithRooms([2, 2])
    const arrivalId = await world.arrival({ adults: 2, childrenAges: [4, 9] })
    const legs = roomIds.map((roomId, index) => ({ roomId, from: 0, until: 3, adults: 1, childrenAges: [index === 0 ? 4 : 9] }))
    const plan = await world.propose(await world.person('COORDINATOR', 'Aigul'), arrivalId, legs)
    const requests = await hostRequests(hostId)
    expect(requests).toMatchObject([{ state: 'ASK', party: { nickname: 'guest', adults: 2, childrenAges: [4, 9] } }])
    expect(JSON.stringify(requests)).not.toMatch(/aesgcm|contactSealed/)
    const view = await answerView(ticketFor(plan.placementIds?.[1] ?? '', 'HOST'))
    expect(view).toMatchObject({ side: 'HOST', stay: { state: 'ASK', rooms: ['room'], awaits: ['HOST', 'GUEST', 'LEAD'] } })
    await world.sayYes(plan.placementIds?.[0] ?? '', 'HOST')
    expect(await hostRequests(hostId)).toEqual([])
    expect(await liveStays(hostId)).toMatchObject([{ state: 'WAITING', awaits: ['GUEST', 'LEAD'] }])
  })

  it('shows nobody after the proposal is over', async () => {
    const { roomId } = await hostWithRooms()
    const placement = await proposed(roomId, { from: 0, until: 2, adults: 1 })
    await world.release(placement, 'DECLINED', 'HOST', 'NEEDS_REST')
    expect(await answerView(ticketFor(placement, 'HOST'))).toMatchObject({ stay: { state: 'DECLINED', party: null } })
    expect(await answerView(ticketFor(placement, 'GUEST'))).toMatchObject({ offer: { state: 'OVER' } })
  })

  it('tells a guest the kind of place and never where exactly', async () => {
    const { roomId, homeId, actor } = await hostWithRooms()
    await changeAddress({ actor, homeId, version: 1, address: HIDDEN, entrance: null, ...call() })
    const view = await answerView(ticketFor(await proposed(roomId, { from: 0, until: 2, adults: 1 }), 'GUEST'))
    expect(view).toMatchObject({ side: 'GUEST', offer: { state: 'ASK', cityId: 'almaty', kind: 'FLAT' } })
    expect(JSON.stringify(view)).not.toMatch(/Тайная|ddress|aesgcm|irstName/)
  })

  it.each(['', 'x', 'A'.repeat(44), 'A'.repeat(10_000), '../../etc', '%00'])('opens nothing for the ticket %j', async (ticket) => {
    expect(await answerView(ticket)).toBeNull()
  })

  it('opens nothing for a ticket with one letter changed, or of a placement that never was', async () => {
    const ticket = ticketFor(randomUUID(), 'HOST')
    expect(await answerView(ticket)).toBeNull()
    expect(await answerView(ticket.slice(0, -2) + (ticket.endsWith('A') ? 'BA' : 'AA'))).toBeNull()
  })

  it('takes an address from the answer page only while there is none', async () => {
    const { roomId, homeId, hostId } = await hostWithRooms()
    await database.rows('update home set address_sealed = null where id = $1', [homeId])
    const placementId = await proposed(roomId, { from: 0, until: 2, adults: 1 })
    const actor = { kind: 'TICKET', placementId, side: 'HOST' } as const
    expect(await giveAddress({ actor, placementId, address: HIDDEN, entrance: null, ...call() })).toMatchObject({ ok: true })
    expect(await giveAddress({ actor, placementId, address: 'другой', entrance: null, ...call() })).toMatchObject({ ok: true })
    expect(await homeDetail(hostId, homeId)).toMatchObject({ address: HIDDEN })
    const guest = { kind: 'TICKET', placementId, side: 'GUEST' } as const
    await expect(giveAddress({ actor: guest, placementId, address: 'x', entrance: null, ...call() })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
