import { beforeAll, describe, expect, it, test } from 'vitest'
import { intakeInput, reachInput, whereInput, whoInput } from '@/lib/arrivals/commands/checked'
import { readContact } from '@/lib/arrivals/commands/contact'
import { openStay } from '@/lib/arrivals/commands/open'
import { enterRequest, requestShelter, type RequestShelter } from '@/lib/arrivals/commands/request'
import { arrivalCase } from '@/lib/arrivals/queries/case'
import { countAhead } from '@/lib/arrivals/queries/queue'
import { stayView } from '@/lib/arrivals/queries/stay'
import { stageOf } from '@/lib/arrivals/rules/stay'
import { countWaiting, listWaiting } from '@/lib/arrivals/queries/waiting'
import { QUEUE_VIEWS, reachSchema, type Intake } from '@/lib/arrivals/schema'
import type { UserActor } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { unseal } from '@/lib/privacy/seal'
import { hashSecret, newFormKey, newToken } from '@/lib/privacy/secret'
import { hearTime, todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { compareUrgency } from '../setup/by-urgency'
import { smallWorld } from '../setup/small-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
let world: ReturnType<typeof smallWorld>

const intake = (over: { cityId?: string; adults?: number; ages?: number[]; reach?: Partial<Intake['reach']> } = {}): Intake => ({
  where: { cityId: over.cityId ?? 'almaty', firstNight: 'today', nights: 3 },
  who: { adults: over.adults ?? 1, childrenAges: over.ages ?? [], circumstances: ['womanAlone', 'quiet'], languages: ['kk'], growth: null },
  reach: { kind: 'NONE', contact: '', nickname: 'Синий барс', ...over.reach },
  note: null,
})
const request = (over: Partial<RequestShelter> = {}): RequestShelter => ({
  actor: { kind: 'ANONYMOUS' }, key: newFormKey(), requestHash: 'h', intake: intake(), token: newToken(), source: 'POSTER', locale: 'ru', ...over,
})
const staff = async (cityIds: string[]): Promise<UserActor> =>
  ({ kind: 'USER', userId: await world.person('COORDINATOR', 'Aigul'), role: 'COORDINATOR', name: 'Aigul', cityIds, hostId: null })
const scopeOf = (actor: UserActor) => ({ actor, cityIds: actor.cityIds }) as unknown as CoordinatorScope
const countArrivals = async () => Number((await database.row('select count(*)::int as n from arrival'))['n'])

async function requested(over: Partial<RequestShelter> = {}) {
  const answer = await requestShelter(request(over))
  if (!answer.ok) throw new Error(answer.reason)
  return answer.value
}

beforeAll(async () => {
  database = await testDatabase()
  world = smallWorld(database)
})

describe('asking for shelter', () => {
  it('keeps the request, and of the secret a hash only', async () => {
    const token = newToken()
    const { arrivalId, code } = await requested({ token })
    const row = await database.row('select *, from_date::text as first from arrival where id = $1', [arrivalId])
    expect(row).toMatchObject({
      code, nickname: 'Синий барс', first: todayIn('almaty'), state: 'OPEN', source: 'POSTER', woman_alone: true, all_women: true,
      quiet_wished: true, contact_kind: 'NONE', contact_sealed: null, token_hash: hashSecret('stay', token),
    })
    const everything = await database.rows('select row_to_json(arrival)::text as text from arrival union all select row_to_json(k)::text from idempotency_key k')
    expect(everything.filter(({ text }) => String(text).includes(token))).toEqual([])
  })

  it('seals the contact, bound to its row, and finds five spellings of a number by one index', async () => {
    const spellings = ['+7 701 234 56 78', '8 (701) 234-56-78', '87012345678', '+77012345678', '7012345678']
    const ids = []
    for (const contact of spellings) ids.push((await requested({ intake: intake({ reach: { kind: 'PHONE', contact } }) })).arrivalId)
    const rows = await database.rows('select id, contact_sealed, contact_index from arrival where id = any($1)', [ids])
    expect(new Set(rows.map((row) => row['contact_index'])).size).toBe(1)
    for (const row of rows) {
      expect(unseal(String(row['contact_sealed']), { field: 'arrival.contact', rowId: String(row['id']) })).toBe('+77012345678')
    }
  })

  it.each(['❤️'.repeat(40), '👨‍👩‍👧‍👦'.repeat(40), 'Щ'.repeat(40)])('keeps every nickname its form takes: %s', async (nickname) => {
    const { nickname: read } = reachSchema.parse({ reach: 'NONE', phone: '', nickname })
    const { arrivalId } = await requested({ intake: intake({ reach: { nickname: read } }) })
    expect(await database.row('select nickname from arrival where id = $1', [arrivalId])).toEqual({ nickname })
  })

  it('answers the same request once, however often it is pressed', async () => {
    const before = await countArrivals()
    const once = request()
    const answers = await Promise.all(Array.from({ length: 12 }, () => requestShelter(once)))
    expect(new Set(answers.map((answer) => (answer.ok ? answer.value.code : answer.reason))).size).toBe(1)
    expect(await countArrivals()).toBe(before + 1)
  })

  it('makes one arrival of two tabs with one draft', async () => {
    const before = await countArrivals()
    const { key: _none, ...draft } = request()
    const answers = await Promise.all([requestShelter(draft), requestShelter(draft)])
    expect(answers.every(({ ok }) => ok)).toBe(true)
    expect(await countArrivals()).toBe(before + 1)
  })

  it('answers a draft that was sent, whoever signed in meanwhile, and never one that says something else', async () => {
    const { key: _none, ...draft } = request()
    const sent = await requestShelter(draft)
    const before = await countArrivals()
    expect(await requestShelter({ ...draft, actor: await staff(['almaty']) })).toEqual({ ...sent, replayed: true })
    const changed = intake({ ages: [4] })
    expect(await requestShelter({ ...draft, intake: changed })).toEqual({ ok: false, reason: 'KEY_REUSED' })
    expect(await requestShelter({ ...draft, intake: changed, key: newFormKey() })).toEqual({ ok: false, reason: 'KEY_REUSED' })
    expect(await countArrivals()).toBe(before)
  })

  it('shows nobody the answer to a key they copied', async () => {
    const mine = request()
    expect(await requestShelter(mine)).toMatchObject({ ok: true })
    expect(await requestShelter({ ...mine, token: newToken() })).toEqual({ ok: false, reason: 'KEY_REUSED' })
    expect(await requestShelter({ ...mine, token: newToken(), intake: intake({ adults: 2 }) })).toEqual({ ok: false, reason: 'KEY_REUSED' })
  })

  it('refuses children without an adult and writes nothing', async () => {
    const before = await countArrivals()
    expect(await requestShelter(request({ intake: intake({ adults: 0, ages: [15] }) }))).toEqual({ ok: false, reason: 'ADULT_NEEDED' })
    expect(await countArrivals()).toBe(before)
  })

  it('stops a contact that asks for an eleventh party', async () => {
    const reach = { kind: 'MAIL' as const, contact: 'Many@Example.org' }
    for (let party = 0; party < 10; party += 1) await requested({ intake: intake({ reach }) })
    expect(await requestShelter(request({ intake: intake({ reach }) }))).toEqual({ ok: false, reason: 'TOO_MANY_OPEN' })
  })

  it('writes one audit event without anything that names a person', async () => {
    const { arrivalId } = await requested()
    const events = await database.rows(`select action, subject from audit_event where subject ->> 'arrival' = $1`, [arrivalId])
    expect(events).toEqual([{ action: 'arrival.requested', subject: { arrival: arrivalId } }])
  })
})

describe('contacts', () => {
  test.each([
    ['a Kazakh number', 'PHONE', '+7 701 234 56 78', { text: '+77012345678', risky: false }],
    ['a Russian number is accepted and flagged', 'PHONE', '+7 916 123-45-67', { text: '+79161234567', risky: true }],
    ['a Kyrgyz number', 'PHONE', '+996 555 123456', { text: '+996555123456', risky: false }],
    ['letters', 'PHONE', 'call me', 'PHONE_INVALID'],
    ['too short', 'PHONE', '+7701', 'PHONE_INVALID'],
    ['an extension', 'PHONE', '+7 701 234 56 78 ext. 5', 'PHONE_INVALID'],
    ['a mail in capitals', 'MAIL', 'Anna@Example.ORG', { text: 'anna@example.org', risky: false }],
    ['two mails', 'MAIL', 'a@example.org,b@example.org', 'MAIL_INVALID'],
    ['a quoted local part', 'MAIL', '"a@b"@example.org', 'MAIL_INVALID'],
    ['a line break', 'MAIL', 'a@example.org\r\nBcc: b@example.org', 'MAIL_INVALID'],
    ['no mail', 'MAIL', '', 'MAIL_MISSING'],
  ] as const)('%s', (_name, kind, contact, expected) => {
    const read = readContact({ kind, contact }, 'almaty')
    if (typeof expected === 'string') expect(read).toBe(expected)
    else expect(read).toMatchObject(expected)
  })

  it('tells faults at their field', () => {
    const reach = { reach: 'PHONE', mail: '', phone: '123', nickname: 'Барс' }
    expect(reachInput.safeParse(reach).error?.issues).toMatchObject([{ path: ['phone'], message: 'PHONE_INVALID' }])
    const place = { city: 'almaty', otherCity: '', night: 'other', nights: '1', longer: '', source: 'WEB' }
    const on = (day: string) => whereInput.safeParse({ ...place, day }).error?.issues.map(({ message }) => message)
    const today = todayIn('almaty')
    expect([on(addDays(today, -1)), on(today), on(addDays(today, 366)), on(addDays(today, 367))])
      .toEqual([['DAY_PAST'], undefined, undefined, ['DAY_TOO_FAR']])
  })

  const who = { adults: '1', children0: '0', children3: '0', children7: '0', children13: '0', laterPersons: '2' }
  it.each([[0, 0, []], [0, 366, []], [-1, 0, ['DAY_PAST']], [0, 367, ['DAY_TOO_FAR']], [367, 367, ['DAY_TOO_FAR']]])(
    'keeps beds for those who come %i days from today until %i', (from, until, codes) => {
      const day = (count: number) => addDays(todayIn('almaty'), count)
      const read = whoInput.safeParse({ ...who, laterFrom: day(from), laterUntil: day(until) })
      expect(read.error?.issues.map(({ message }) => message) ?? []).toEqual(codes)
    })

  it.each([
    ['2026-11-22T18:59:00Z', { oral: 'taken', almaty: 'taken', bishkek: 'DAY_PAST' }],
    ['2026-11-22T19:00:00Z', { oral: 'DAY_PAST', almaty: 'DAY_PAST', bishkek: 'DAY_PAST' }],
    ['2026-11-22T17:59:00Z', { oral: 'taken', almaty: 'taken', bishkek: 'taken' }],
  ])('ends a day at each town’s own midnight: %s', (moment, expected) => {
    hearTime(new Date(moment))
    try {
      const form = { otherCity: '', night: 'other', nights: '1', longer: '', source: 'WEB', day: '2026-11-22' }
      const said = Object.keys(expected).map((city) => {
        const { error } = whereInput.safeParse({ ...form, city })
        return [city, error?.issues[0]?.message ?? 'taken']
      })
      expect(Object.fromEntries(said)).toEqual(expected)
    } finally {
      hearTime(new Date())
    }
  })
})

describe('entering for somebody on the phone', () => {
  const form = {
    city: 'almaty', night: 'today', nights: '1', adults: '2', children0: '0', children3: '0', children7: '0', children13: '0',
    laterPersons: '0', reach: 'NONE', nickname: 'Белый орёл', source: 'PHONE', note: 'Ждёт у касс',
  }

  it('prints the same link when it is pressed twice', async () => {
    const actor = await staff(['almaty'])
    const entry = { actor, key: newFormKey(), requestHash: 'h', input: intakeInput.parse(form), locale: 'kk' }
    const [first, second] = [await enterRequest(entry), await enterRequest(entry)]
    if (!first.ok) throw new Error(first.reason)
    expect(second).toEqual({ ...first, replayed: true })
    expect(await openStay({ secret: first.value.token })).toEqual({ ok: true, value: { token: first.value.token } })
    expect(await arrivalCase(scopeOf(actor), first.value.arrivalId)).toMatchObject({ note: 'Ждёт у касс', source: 'PHONE', placements: [] })
  })

  it('is for the coordinator’s own cities', async () => {
    const entry = { actor: await staff(['oral']), key: newFormKey(), requestHash: 'h', input: intakeInput.parse(form), locale: 'ru' }
    await expect(enterRequest(entry)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })
})

describe('the queue', () => {
  async function waitIn(cityId: string) {
    const parties = [{ adults: 1 }, { adults: 2, ages: [1] }, { adults: 9 }, { adults: 1 }, { adults: 3, ages: [5, 10] }]
    const made = []
    for (const party of parties) made.push(await requested({ intake: intake({ cityId, ...party }) }))
    const [first, , , fourth] = made
    await database.rows('update arrival set unsafe_to_return = true where id = $1', [fourth?.arrivalId])
    await database.rows(`update arrival set waiting_since = now() - interval '17 days' where id = $1`, [first?.arrivalId])
    await database.rows(`update arrival set from_date = from_date + 1, until_date = until_date + 1 where id = $1`, [made[2]?.arrivalId])
    return made
  }

  it('sorts in the database exactly as the rule does, and counts the people ahead in that order', async () => {
    await waitIn('kostanay')
    const rows = await listWaiting(scopeOf(await staff(['kostanay'])), { view: 'ALL', limit: 100 })
    expect(rows).toHaveLength(5)
    expect(rows.map(({ id }) => id)).toEqual(rows.toSorted(compareUrgency).map(({ id }) => id))
    let ahead = 0
    for (const row of rows) {
      expect(await countAhead(row.id, new Date())).toBe(ahead)
      ahead += row.persons
    }
  })

  it('shows nobody the queue of another city, in any view', async () => {
    await waitIn('oral')
    const mine = scopeOf(await staff(['oral']))
    const [other, none] = [scopeOf(await staff(['bishkek'])), scopeOf(await staff([]))]
    const counts = await countWaiting(mine)
    for (const view of QUEUE_VIEWS) {
      expect(await listWaiting(mine, { view, limit: 100 })).toHaveLength(counts[view])
      expect(await listWaiting(other, { view, limit: 100 })).toEqual([])
      expect(await listWaiting(none, { view, limit: 100 })).toEqual([])
    }
    expect(counts).toMatchObject({ ALL: 5, TONIGHT: 4, TOMORROW: 1, FAMILIES: 2, GROUPS: 1, BROKEN: 0 })
  })

  it('keeps a case from coordinators of other cities', async () => {
    const { arrivalId } = await requested({ intake: intake({ cityId: 'astana' }) })
    await expect(arrivalCase(scopeOf(await staff(['oral'])), arrivalId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('the newcomer’s own page', () => {
  it('opens by the secret alone; wrong and unknown answer alike', async () => {
    const token = newToken()
    await requested({ token })
    expect(await openStay({ secret: `http://x/ru/stay#${token.toLowerCase()}` })).toEqual({ ok: true, value: { token } })
    expect(await openStay({ secret: newToken() })).toEqual({ ok: false, reason: 'LINK_UNKNOWN' })
    expect(await openStay({ secret: 'no' })).toEqual({ ok: false, reason: 'LINK_UNKNOWN' })
  })

  it('goes from the queue to a proposal without a name or an address', async () => {
    const { arrivalId } = await requested({ intake: intake({ adults: 2 }) })
    expect(await stayView(arrivalId)).toMatchObject({ state: 'OPEN', plans: [], queue: { lookedAt: null } })
    const { roomIds } = await world.home({ sleeps: [1, 1] })
    const by = await world.person('LEAD', 'Lead')
    const plan = await world.propose(by, arrivalId, roomIds.map((roomId) => ({ roomId, from: 0, until: 3, adults: 1 })))
    const view = await stayView(arrivalId)
    expect(view).toMatchObject({ state: 'OFFERED', plans: [{ planId: plan.planId, guestSaidYes: false, homes: [{ rooms: [{ guests: 1 }, { guests: 1 }] }] }] })
    expect(JSON.stringify(view)).not.toMatch(/sealed|aesgcm|contact"|firstName|address/i)

    await world.sayYes(plan.placementIds?.[0] ?? '', 'GUEST')
    expect((await stayView(arrivalId)).plans[0]?.guestSaidYes).toBe(true)
    expect(stageOf(await stayView(arrivalId))).toBe('WAITING_HOST')
    await world.sayYes(plan.placementIds?.[0] ?? '', 'HOST')
    expect(stageOf(await stayView(arrivalId))).toBe('AWAITS_LEAD')
  })
})
