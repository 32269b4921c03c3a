import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { DESK, expect, test } from '../setup/browser'
import { newMail, ticketOf, type BrowserWorld, type HostPerson } from '../setup/browser-world'
import { postPlainForm, readPlainForm, type PlainAnswer, type PlainForm, type Sent } from '../setup/plain-form'
import {
  FAR_DAYS, GOOD_TEXTS, WRONG_DAYS, WRONG_LINES, WRONG_MAILS, WRONG_NUMBERS, WRONG_OPTIONAL_TEXTS, WRONG_SHARED_TEXTS, WRONG_TEXTS,
} from '../setup/wrong-values'

// hundreds of forms each, on whatever machine this is
test.describe.configure({ mode: 'parallel', timeout: 240_000 })

type Language = 'ru' | 'kk' | 'en'

/** A sentence without the numbers it names. */
const shapeOf = (sentence: string) => sentence.replaceAll(/\{\w+\}|\d+/g, '#')

/** Sentences of the catalogs; a message at a field must be one of them, in the page's language. */
function sentences(language: Language): string[] {
  const files = ['errors', 'refusals'].map((area) => readFileSync(`lib/i18n/messages/${language}/${area}.json`, 'utf8'))
  return files.flatMap((file) => Object.values(JSON.parse(file) as Record<string, string>)).map(shapeOf)
}

const languageOf = (form: PlainForm) => form.path.split('/')[1] as Language

interface Case {
  page: Page
  form: PlainForm
  /** The field that is wrong. */
  field: string
  value: Sent
  /** Other fields the case needs. */
  with?: Record<string, Sent>
  name: string
  /** False for a choice that is not on the page: there is nothing it could stand in. */
  isKept?: boolean
}

function expectKept({ field, value, name, form, isKept = true }: Case, { values }: PlainAnswer): void {
  if (!isKept) return
  // browsers show no NUL and one spelling of line ends, and none of our pages shows bytes that are no text
  if (typeof value !== 'string' || /[\u0000\r\n\u001b\ufffe\ufeff]/.test(value)) return
  expect.soft(values[field], `${name}: what was typed into ${field} of ${form.path} is kept`).toBe(value)
}

/** Sends one wrong value: a sentence at its field, what was typed kept, and nothing kept of it. */
async function refuse(one: Case): Promise<void> {
  const { page, form, field, value, name } = one
  const answer = await postPlainForm(page, form, { ...one.with, [field]: value })
  const where = `${name} in ${field} of ${form.path}`
  expect.soft(answer.status, where).toBe(200)
  expect.soft(sentences(languageOf(form)), `${where}: the sentence at the field`).toContain(shapeOf(answer.errors[field] ?? 'none'))
  expect.soft(answer.alert, `${where}: the summary`).not.toBe('')
  expect.soft(answer.cookies, `${where}: no draft`).toEqual([])
  expectKept(one, answer)
}

/** Sends one unusual value that is right: the form goes on. */
async function accept({ page, form, field, value, name, ...rest }: Case): Promise<void> {
  const answer = await postPlainForm(page, form, { [field]: value, ...rest.with })
  expect.soft(answer.status, `${name} in ${field} of ${form.path}: ${JSON.stringify(answer.errors)}`).toBe(303)
}

/** Everything that is written about a host's offer, as one text. */
async function offerOf(world: BrowserWorld, { hostId, homeId }: HostPerson): Promise<unknown> {
  return world.row(
    `select (select row_to_json(h)::text from host h where h.id = $1) as host, (select row_to_json(h)::text from home h where h.id = $2) as home,
       (select json_agg(r order by r.id)::text from room r where r.home_id = $2) as rooms,
       (select json_agg(o order by o.room_id, o.from_date)::text from opening o join room r on r.id = o.room_id where r.home_id = $2) as openings,
       (select json_agg(c order by c.id)::text from vetting_check c where c.host_id = $1) as checks`, [hostId, homeId])
}

async function refuseAll(cases: readonly (readonly [string, Sent])[], rest: Omit<Case, 'name' | 'value'>): Promise<void> {
  for (const [name, value] of cases) await refuse({ ...rest, name, value })
}

/** Keeps a right answer, so that the next screen opens. */
async function go(page: Page, path: string, holding: string, changes: Record<string, Sent> = {}): Promise<string> {
  const answer = await postPlainForm(page, await readPlainForm(page, path, holding), changes)
  expect(answer.status, `${path}: ${JSON.stringify(answer.errors)} ${answer.alert}`).toBe(303)
  return answer.location ?? ''
}

test.describe('the newcomer', () => {
  test('where and when', async ({ open }) => {
    const page = await open()
    const form = await readPlainForm(page, '/ru/need?city=taraz', 'city')
    const day = { page, form, field: 'day', with: { night: 'other' } }
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['29 empty', '']], day)
    const longer = { page, form, field: 'longer', with: { nights: 'longer' } }
    await refuseAll([...WRONG_NUMBERS, ['20 91 nights', '91'], ['19 no night', '0']], longer)
    await accept({ ...longer, name: '20 90 nights', value: '90' })
    await accept({ ...longer, name: '43 with spaces', value: ' 7 ' })
    await refuse({ page, form, name: 'unknown town', field: 'otherCity', value: 'atlantis', with: { city: 'other' }, isKept: false })
    await refuse({ page, form, name: '88 no town', field: 'otherCity', value: '', with: { city: 'other' } })
    for (const field of ['city', 'night', 'nights']) await refuse({ page, form, name: '46 two of one', field, value: ['3', 'today'], isKept: false })
  })

  test('who, in Kazakh', async ({ open }) => {
    const page = await open()
    await go(page, '/kk/need?city=taraz', 'city')
    const form = await readPlainForm(page, '/kk/need/who', 'adults')
    await refuseAll([...WRONG_NUMBERS, ['41 51 people', '51']], { page, form, field: 'adults' })
    for (const field of ['children0', 'children3', 'children7', 'children13']) await refuseAll(WRONG_NUMBERS, { page, form, field })
    await refuse({ page, form, name: '41 51 with children', field: 'adults', value: '26', with: { children7: '25' } })
    const later = { laterPersons: '2', laterFrom: '2027-03-01', laterUntil: '2027-04-01' }
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS], { page, form, field: 'laterFrom', with: { laterPersons: '2', laterUntil: '2027-04-01' } })
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS], { page, form, field: 'laterUntil', with: { laterPersons: '2', laterFrom: '2027-03-01' } })
    await refuseAll([...WRONG_NUMBERS, ['41 21 people', '21']], { page, form, field: 'laterPersons' })
    await refuse({ page, form, name: '17 reversed', field: 'laterUntil', value: '2027-02-01', with: { laterPersons: '2', laterFrom: '2027-03-01' } })
    await accept({ page, form, name: '41 50 people', field: 'adults', value: '50', with: later })
    const alone = await postPlainForm(page, form, { adults: '0', children13: '2' })
    expect(alone.location, 'children alone: a clear stop').toBe('/kk/need/alone')
  })

  test('how to be reached, in English', async ({ open }) => {
    const page = await open()
    await go(page, '/en/need?city=taraz', 'city')
    await go(page, '/en/need/who', 'adults')
    const form = await readPlainForm(page, '/en/need/reach', 'nickname')
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES, ...WRONG_SHARED_TEXTS, ['94 41 letters', 'я'.repeat(41)]], { page, form, field: 'nickname' })
    for (const [name, value] of GOOD_TEXTS) await accept({ page, form, name, field: 'nickname', value })
    await refuseAll(WRONG_MAILS, { page, form, field: 'mail', with: { reach: 'MAIL' } })
    await refuseAll([['88 letters', 'call me'], ['88 too short', '12'], ['48 empty', '']], { page, form, field: 'phone', with: { reach: 'PHONE' } })
    await refuse({ page, form, name: 'unknown way', field: 'reach', value: 'PIGEON', isKept: false })
    await refuse({ page, form, name: '46 two ways', field: 'reach', value: ['MAIL', 'NONE'], isKept: false })
    for (const value of ['❤️'.repeat(40), '👨‍👩‍👧‍👦'.repeat(40)]) await accept({ page, form, name: '53 forty signs', field: 'nickname', value })
  })
})

test.describe('the offer of a home', () => {
  test('what and where', async ({ open }) => {
    const page = await open()
    const what = await readPlainForm(page, '/ru/host/offer', 'kind')
    await refuse({ page, form: what, name: '46 two kinds', field: 'kind', value: ['FLAT', 'HALL'], isKept: false })
    await refuseAll([...WRONG_NUMBERS, ['34 zero', '0'], ['41 51 beds', '51']], { page, form: what, field: 'places' })
    await refuseAll([...WRONG_NUMBERS, ['34 zero', '0'], ['41 21 rooms', '21']], { page, form: what, field: 'rooms' })
    await go(page, '/ru/host/offer', 'kind')
    const where = await readPlainForm(page, '/ru/host/offer/where', 'district')
    const town = { city: 'almaty' }
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ...WRONG_LINES, ['94 201 letters', 'я'.repeat(201)]], { page, form: where, field: 'address', with: town })
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ['66 families', '👨‍👩‍👧‍👦'.repeat(200)]], { page, form: where, field: 'entrance', with: town })
    await refuse({ page, form: where, name: '66 families', field: 'address', value: '👨‍👩‍👧‍👦'.repeat(200), with: town })
    await refuse({ page, form: where, name: '46 two towns', field: 'city', value: ['almaty', 'astana'], isKept: false })
    for (const [name, value] of GOOD_TEXTS) await accept({ page, form: where, name, field: 'address', value, with: town })
    await refuse({ page, form: where, name: 'a district of another town', field: 'district', value: 'bishkek-lenin', with: town, isKept: false })
    await refuse({ page, form: where, name: 'no town', field: 'otherCity', value: '', with: { city: 'OTHER' } })
  })

  test('when and who', async ({ open }) => {
    const page = await open()
    await go(page, '/kk/host/offer', 'kind')
    await go(page, '/kk/host/offer/where', 'district', { city: 'almaty' })
    const when = await readPlainForm(page, '/kk/host/offer/when', 'startDay')
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['29 empty', '']], { page, form: when, field: 'startDay', with: { start: 'DATE' } })
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['29 empty', '']], { page, form: when, field: 'lastNight', with: { length: 'UNTIL' } })
    for (const field of ['start', 'length']) await refuse({ page, form: when, name: '46 two of one', field, value: ['TODAY', 'WEEK'], isKept: false })
    for (const city of ['atlantis', '', 'constructor']) {
      const answer = await postPlainForm(page, when, { city })
      expect.soft([answer.status, answer.cookies], `a town that is none: ${city}`).toEqual([200, []])
      expect.soft(answer.alert, `a town that is none: ${city}`).toContain('жолды тексеріңіз')
    }
    await go(page, '/kk/host/offer/when', 'startDay')
    await go(page, '/kk/host/offer/house', 'childrenHere')
    const you = await readPlainForm(page, '/kk/host/offer/you', 'firstName')
    const mail = { mail: 'anna@example.org' }
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES, ...WRONG_SHARED_TEXTS], { page, form: you, field: 'firstName', with: mail })
    for (const [name, value] of GOOD_TEXTS) await accept({ page, form: you, name, field: 'firstName', value, with: mail })
    await refuseAll(WRONG_MAILS, { page, form: you, field: 'mail', with: { firstName: 'Анна' } })
  })
})

test.describe('a host', () => {
  test('rooms, nights, rules and address of a home', async ({ open, world }) => {
    const host = await world.host({ city: 'aksai', sleeps: [2] })
    const page = await open({ session: host.session })
    const before = await offerOf(world, host)
    const room = `/ru/host/rooms/${host.roomIds[0]}`
    const nights = await readPlainForm(page, room, 'Открыть')
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['29 empty', '']], { page, form: nights, field: 'from', with: { lastNight: '2027-01-10' } })
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['29 empty', '']], { page, form: nights, field: 'lastNight', with: { from: '2027-01-05' } })
    await refuse({ page, form: nights, name: '17 reversed', field: 'lastNight', value: '2027-01-01', with: { from: '2027-01-05' } })
    const facts = await readPlainForm(page, room, 'inService')
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES, ...WRONG_SHARED_TEXTS], { page, form: facts, field: 'name' })
    await refuseAll([...WRONG_NUMBERS, ['34 zero', '0'], ['41 51 beds', '51']], { page, form: facts, field: 'sleeps' })
    const home = `/ru/host/homes/${host.homeId}`
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: await readPlainForm(page, home, 'houseRules'), field: 'houseRules' })
    const address = await readPlainForm(page, home, 'address')
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES], { page, form: address, field: 'address' })
    await refuseAll(WRONG_OPTIONAL_TEXTS, { page, form: address, field: 'entrance' })
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES, ...WRONG_SHARED_TEXTS], { page, form: await readPlainForm(page, home, 'Добавить комнату'), field: 'name' })
    expect(await offerOf(world, host), 'nothing was written').toEqual(before)
    const long = '👨‍👩‍👧‍👦'.repeat(60)
    expect((await postPlainForm(page, facts, { name: long })).alert, '53 sixty families').toBe('')
    expect(await world.row('select name from room where id = $1', [host.roomIds[0]])).toEqual({ name: long })
  })

  test('an old page, the same key with other answers, and the same form twice', async ({ open, world }) => {
    const host = await world.host({ city: 'aksai', sleeps: [2] })
    const page = await open({ session: host.session })
    const room = `/ru/host/rooms/${host.roomIds[0]}`
    const form = await readPlainForm(page, room, 'inService')
    const old = await readPlainForm(page, room, 'inService')
    expect((await postPlainForm(page, form, { name: 'С балконом' })).status).toBe(200)
    const after = await offerOf(world, host)
    const again = await postPlainForm(page, form, { name: 'С балконом' })
    expect(again.alert, 'the same once more: the same answer').toBe('')
    const other = await postPlainForm(page, form, { name: 'Без балкона' })
    expect(other.alert, 'the same key, other answers').toContain('Эта форма уже отправлена с другими ответами')
    const late = await postPlainForm(page, old, { name: 'Совсем другая' })
    expect(late.alert, 'a page that is no longer true').not.toBe('')
    expect(late.values['name'], 'what was typed is kept').toBe('Совсем другая')
    expect(await offerOf(world, host), 'one change').toEqual(after)
  })
})

test.describe('a coordinator', () => {
  const TOWN = 'kandyagash'
  // of its own, because the test runs beside the one that counts requests
  const NEXT_TOWN = 'saran'
  const arrivalsOf = (world: BrowserWorld) => world.rows('select id from arrival where $1 = any (city_ids)', [TOWN])

  test('a request by telephone', async ({ open, world }) => {
    const { session } = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
    const page = await open({ ...DESK, session })
    const before = await arrivalsOf(world)
    const form = await readPlainForm(page, '/ru/coordinate/enter', 'nickname')
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['29 empty', '']], { page, form, field: 'day', with: { night: 'other' } })
    await refuseAll([...WRONG_NUMBERS, ['20 91 nights', '91'], ['19 none', '0']], { page, form, field: 'longer' })
    await refuseAll([...WRONG_NUMBERS, ['41 51 people', '51'], ['34 nobody', '0']], { page, form, field: 'adults' })
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES, ...WRONG_SHARED_TEXTS], { page, form, field: 'nickname' })
    await refuseAll(WRONG_NUMBERS, { page, form, field: 'laterPersons' })
    const later = { laterPersons: '2', laterFrom: '2027-03-01', laterUntil: '2027-04-01' }
    for (const field of ['laterFrom', 'laterUntil']) await refuseAll([...WRONG_DAYS, ...FAR_DAYS], { page, form, field, with: later })
    await refuseAll([['88 letters', 'call me'], ['88 too short', '12'], ['48 empty', '']], { page, form, field: 'phone', with: { reach: 'PHONE' } })
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ['94 501 letters', 'я'.repeat(501)]], { page, form, field: 'note' })
    await refuseAll(WRONG_MAILS, { page, form, field: 'mail', with: { reach: 'MAIL' } })
    await refuse({ page, form, name: '131 a town of others', field: 'city', value: 'nowhere', isKept: false })
    expect(await arrivalsOf(world), 'nothing was written').toEqual(before)
    const elsewhere = await postPlainForm(page, form, { city: 'almaty' })
    expect(elsewhere.alert, '131 another coordinator\'s town').not.toBe('')
    expect(await arrivalsOf(world)).toEqual(before)
  })

  test('a visit, a reference and a longer stay', async ({ open, world }) => {
    const [by, lead] = [await world.staff('COORDINATOR', 'Айгуль', [NEXT_TOWN]), await world.staff('LEAD', 'Марат', [NEXT_TOWN])]
    const [applied, host] = [await world.host({ city: NEXT_TOWN, sleeps: [2], state: 'APPLIED' }), await world.host({ city: NEXT_TOWN, sleeps: [2] })]
    const guest = await world.guest({ city: NEXT_TOWN })
    const placement = await world.propose(by.userId, guest.arrivalId, host.roomIds[0] ?? '')
    await world.confirm(placement, lead.userId)
    const page = await open({ ...DESK, session: by.session })
    const before = [await offerOf(world, applied), await world.fingerprint(placement)]
    const reference = await readPlainForm(page, `/ru/coordinate/hosts/${applied.hostId}`, 'referee')
    const apart = { apart: 'on', referee: 'Айша, соседка' }
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES, ...WRONG_SHARED_TEXTS], { page, form: reference, field: 'referee', with: { apart: 'on' } })
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: reference, field: 'note', with: apart })
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['in the future', '2030-01-01'], ['29 empty', '']], { page, form: reference, field: 'doneOn', with: apart })
    const visit = await readPlainForm(page, `/ru/coordinate/hosts/${applied.hostId}`, 'seen')
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS], { page, form: visit, field: 'doneOn', with: { seen: 'on' } })
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: visit, field: 'note', with: { seen: 'on' } })
    await refuse({ page, form: visit, name: 'nobody was seen', field: 'seen', value: null })
    const longer = await readPlainForm(page, `/ru/coordinate/placements/${placement}`, 'until')
    await refuseAll([...WRONG_DAYS, ['11 year 9999', '9999-12-31'], ['29 empty', '']], { page, form: longer, field: 'until' })
    const { now } = await world.row('select until_date::text as now from placement where id = $1', [placement])
    for (const [name, value] of [...FAR_DAYS, ['18 as it is', String(now)], ['33 too many nights', '2098-01-01']] as const) {
      // the command keeps its answer under the form's key, so each try is a form of its own
      const form = await readPlainForm(page, `/ru/coordinate/placements/${placement}`, 'until')
      await refuse({ page, form, name, field: 'until', value, with: { hostAgreed: 'on' } })
    }
    expect([await offerOf(world, applied), await world.fingerprint(placement)], 'nothing was written').toEqual(before)
  })
})

test.describe('letters and guests', () => {
  const TOWN = 'temirtau'

  test('a first yes that brings the address, and a wish to stay longer', async ({ open, world }) => {
    const [by, lead] = [await world.staff('COORDINATOR', 'Айгуль', [TOWN]), await world.staff('LEAD', 'Марат', [TOWN])]
    const [host, home] = [await world.host({ city: TOWN, sleeps: [2], address: null }), await world.host({ city: TOWN, sleeps: [2] })]
    const [asked, there] = [await world.guest({ city: TOWN }), await world.guest({ city: TOWN })]
    const proposed = await world.propose(by.userId, asked.arrivalId, host.roomIds[0] ?? '')
    const placement = await world.propose(by.userId, there.arrivalId, home.roomIds[0] ?? '')
    const page = await open()
    const before = await world.fingerprint(proposed)
    const yes = await readPlainForm(page, `/ru/answer/${ticketOf(proposed, 'HOST')}`, 'address')
    const agreed = { legal: 'on', address: 'улица Абая 1' }
    await refuseAll([...WRONG_TEXTS, ...WRONG_LINES], { page, form: yes, field: 'address', with: agreed })
    await refuseAll(WRONG_OPTIONAL_TEXTS, { page, form: yes, field: 'entrance', with: agreed })
    expect(await world.fingerprint(proposed), 'nothing was written').toEqual(before)

    await world.confirm(placement, lead.userId)
    await world.arrived(placement)
    const guest = await open({ secret: there.secret })
    const [stands, { now }] = [await world.fingerprint(placement), await world.row('select until_date::text as now from placement where id = $1', [placement])]
    const other = { more: 'day' }
    await refuseAll([...WRONG_DAYS, ['29 empty', '']], { page: guest, form: await readPlainForm(guest, '/ru/stay', 'more'), field: 'day', with: other })
    for (const [name, value] of [...FAR_DAYS, ['18 as it is', String(now)], ['33 too many nights', '2098-01-01']] as const) {
      await refuse({ page: guest, form: await readPlainForm(guest, '/ru/stay', 'more'), name, field: 'day', value, with: other })
    }
    expect(await world.fingerprint(placement), 'nothing was written').toEqual(stands)
  })

  test('a mail to sign in, codes, and a link that is pasted', async ({ open }) => {
    const page = await open()
    const signIn = await readPlainForm(page, '/ru/sign-in', 'mail')
    await refuseAll(WRONG_MAILS, { page, form: signIn, field: 'mail' })
    await go(page, '/ru/sign-in', 'mail', { mail: newMail('nobody') })
    const codes: [string, Sent][] = [
      ['48 empty', ''], ['five digits', '12345'], ['seven digits', '1234567'], ['35 a point', '12345.6'], ['37 an exponent', '1e3000'],
      ['44 Arabic digits', '١٢٣٤٥٦'], ['32 wide digits', '１２３４５６'], ['56 NUL', '12345\u0000'], ['50 zero-width', '123\u200b456'],
      ['66 long', '1'.repeat(20_000)], ['46 two', ['123456', '654321']], ['81 quotes', "' or 1=1--"],
    ]
    await refuseAll(codes, { page, form: await readPlainForm(page, '/ru/sign-in/code', 'code'), field: 'code' })
    const host = await open()
    await go(host, '/ru/host/offer', 'kind')
    await go(host, '/ru/host/offer/where', 'district', { city: 'almaty' })
    await go(host, '/ru/host/offer/when', 'startDay')
    await go(host, '/ru/host/offer/house', 'childrenHere')
    await go(host, '/ru/host/offer/you', 'firstName', { firstName: 'Анна', mail: newMail('offer') })
    await go(host, '/ru/host/offer/check', 'legal', { legal: 'on', rules: 'on' })
    await refuseAll(codes, { page: host, form: await readPlainForm(host, '/ru/host/code', 'code'), field: 'code' })
    const paste = await readPlainForm(page, '/ru/stay', 'secret')
    for (const [name, value] of [...WRONG_TEXTS, ...WRONG_LINES, ...GOOD_TEXTS]) {
      const answer = await postPlainForm(page, paste, { secret: value })
      expect.soft([answer.status, answer.cookies], `${name} pasted as a link`).toEqual([200, []])
      expect.soft(answer.alert, `${name} pasted as a link`).not.toBe('')
    }
  })
})

test.describe('what is read', () => {
  const TOWN = 'ayagoz'

  test('a search for anything at all answers a page', async ({ open, world }) => {
    const { session } = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
    const { code } = await world.guest({ city: TOWN, nickname: 'Йод 7' })
    await world.host({ city: TOWN, sleeps: [2] })
    const page = await open({ ...DESK, session })
    const texts = ['Анна\u0000', 'Анна\u202e', 'Ан\u200bна', '\u{10ffff}', '\ue000', 'a\nb', '<b>', "'; drop table arrival;--", '%', '_', '\\', 'а'.repeat(61)]
    const typed = [...texts.map((text) => encodeURIComponent(text)), '%00', '%ED%A0%80', '%', '', 'a&q=b&find=b']
    const paths = ['/ru/coordinate?q=', `/ru/coordinate?case=${code}&find=`, `/ru/coordinate/case/${code}?find=`, `/ru/coordinate/case/${code}?room=`, '/ru/coordinate/hosts?q=', '/ru/coordinate?view=']
    for (const path of paths) {
      for (const text of typed) {
        const answer = await page.request.get(path + text)
        expect.soft(answer.status(), path + text).toBe(200)
      }
    }
    for (const text of ['и\u0306од', 'ЙОД']) {
      expect(await (await page.request.get(`/ru/coordinate?q=${encodeURIComponent(text)}`)).text(), '62 both spellings of a letter').toContain('Йод 7')
    }
  })

  test('names are shown as they were typed, and nothing in them runs or leads anywhere', async ({ open, world }) => {
    const { session } = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
    const desk = await open({ ...DESK, session })
    const phone = await open()
    for (const page of [desk, phone]) {
      page.on('dialog', (dialog) => {
        expect.soft(dialog.message(), 'a dialog of somebody’s name').toBe('')
        void dialog.dismiss()
      })
    }
    const expectText = async (page: Page, nickname: string) => {
      const main = page.locator('main')
      expect.soft((await main.innerText()).normalize('NFC'), `${page.url()} shows ${nickname}`).toContain(nickname.normalize('NFC'))
      expect.soft(await main.locator('img, iframe, script[src^=x], a[href^="javascript:"], a[href^="data:"], svg[onload]').count(), nickname).toBe(0)
    }
    await go(phone, '/ru/need?city=taraz', 'city')
    await go(phone, '/ru/need/who', 'adults')
    for (const [, nickname] of GOOD_TEXTS) {
      const { code } = await world.guest({ city: TOWN, nickname: nickname.normalize('NFC') })
      await desk.goto(`/ru/coordinate?q=${code}&case=${code}`)
      await expectText(desk, nickname)
      await go(phone, '/ru/need/reach', 'nickname', { nickname })
      await phone.goto('/ru/need/check')
      await expectText(phone, nickname)
    }
  })

  test('words without end break, so that no page scrolls sideways', async ({ open, world }) => {
    const by = await world.staff('COORDINATOR', 'Айгуль', [TOWN])
    const lead = await world.staff('LEAD', 'Марат', [TOWN])
    const host = await world.host({ city: TOWN, sleeps: [2], firstName: 'Щ'.repeat(40), address: 'Щ'.repeat(200) })
    await world.rows('update home set house_rules = $2 where id = $1', [host.homeId, 'Щ'.repeat(500)])
    await world.rows('update room set name = $2 where id = $1', [host.roomIds[0], 'Щ'.repeat(60)])
    const { arrivalId, secret, code } = await world.guest({ city: TOWN, nickname: 'Щ'.repeat(40) })
    const placement = await world.propose(by.userId, arrivalId, host.roomIds[0] ?? '')
    const [guest, home, desk] = [await open({ secret }), await open({ session: host.session }), await open({ ...DESK, session: lead.session })]
    const narrow = async (page: Page, path: string, width: number) => {
      await page.setViewportSize({ width, height: 900 })
      await page.goto(path)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      expect.soft(over, `${path}: pixels to scroll sideways at ${width} px`).toBeLessThanOrEqual(0)
    }
    const look = async () => {
      for (const path of ['/ru/stay', '/ru/stay/cancel', `/ru/answer/${ticketOf(placement, 'GUEST')}`]) await narrow(guest, path, 320)
      const ofHost = ['/ru/host', `/ru/host/homes/${host.homeId}`, `/ru/host/rooms/${host.roomIds[0]}`, `/ru/answer/${ticketOf(placement, 'HOST')}`]
      for (const path of ofHost) await narrow(home, path, 320)
      const ofStaff = [`/ru/coordinate?q=${code}`, `/ru/coordinate/case/${code}`, `/ru/coordinate/placements/${placement}`, `/ru/coordinate/hosts/${host.hostId}`, '/ru/coordinate/hosts']
      for (const path of ofStaff) await narrow(desk, path, 1280)
    }
    await look()
    await world.confirm(placement, lead.userId)
    await look()
  })
})

test.describe('the way in', () => {
  const FIELDS = '/ru/need?city=taraz'

  test('a large body, unknown fields, no key, another page\'s action: no answer of 500, nothing kept', async ({ open }) => {
    const page = await open()
    const form = await readPlainForm(page, FIELDS, 'city')
    const bodies: [string, Record<string, Sent>][] = [
      ['66 a megabyte', { day: 'x'.repeat(1_000_000) }],
      ['300 KB', { day: 'x'.repeat(300 * 1024) }],
      ['106 a field nobody asked for', { role: 'ADMIN', state: 'PLACED' }],
      ['105 a name of the machine', { __proto__x: '1', constructor: '1' }],
      ['119 an action that is none', { $ACTION_KEY: 'k0', '$ACTION_2:0': '{"id":"00","bound":null}' }],
      ['107 nothing', Object.fromEntries(form.entries.filter(([name]) => !name.startsWith('$')).map(([name]) => [name, null]))],
    ]
    for (const [name, changes] of bodies) {
      const answer = await postPlainForm(page, form, changes)
      expect.soft(answer.status, name).toBeLessThan(500)
      expect.soft(answer.status, name).not.toBe(303)
    }
  })

  test('66 a body of unknown length: refused before it is read', async ({ baseURL }) => {
    const megabyte = new ReadableStream({
      start: (controller) => {
        for (let part = 0; part < 16; part += 1) controller.enqueue(new Uint8Array(64 * 1024).fill(120))
        controller.close()
      },
    })
    const sent = { method: 'POST', body: megabyte, duplex: 'half', headers: { 'content-type': 'multipart/form-data; boundary=x' } }
    expect((await fetch(new URL('/ru/need', baseURL), sent)).status).toBe(411)
  })

  test('two presses of "send" are one request', async ({ open, world }) => {
    const page = await open()
    await go(page, '/ru/need?city=kosshy', 'city')
    await go(page, '/ru/need/who', 'adults')
    const nickname = `Дважды${Date.now().toString(36)}`
    await go(page, '/ru/need/reach', 'nickname', { nickname })
    const form = await readPlainForm(page, '/ru/need/check', 'Отправить')
    const answers = await Promise.all([postPlainForm(page, form), postPlainForm(page, form), postPlainForm(page, form)])
    expect(answers.map(({ location }) => location)).toEqual(['/ru/stay', '/ru/stay', '/ru/stay'])
    expect(await world.rows('select code from arrival where nickname = $1', [nickname])).toHaveLength(1)
    await page.goto('/ru/stay')
    await expect(page.getByRole('heading', { level: 1, name: 'Ищем место' })).toBeVisible()
  })

  test('a double tap on the button is one request too', async ({ open, world }) => {
    const page = await open()
    await go(page, '/ru/need?city=kosshy', 'city')
    await go(page, '/ru/need/who', 'adults')
    const nickname = `Дважды${Date.now().toString(36)}`
    await go(page, '/ru/need/reach', 'nickname', { nickname })
    await page.goto('/ru/need/check')
    await page.getByRole('button', { name: 'Отправить' }).dblclick()
    await expect(page.getByRole('heading', { level: 1, name: 'Ищем место' })).toBeVisible()
    expect(await world.rows('select code from arrival where nickname = $1', [nickname])).toHaveLength(1)
  })

  test('66 a book pasted into a field: it takes what it can, says that it is too long, and keeps it', async ({ open }) => {
    const page = await open()
    await go(page, FIELDS, 'city')
    await go(page, '/ru/need/who', 'adults')
    await page.goto('/ru/need/reach')
    const field = page.locator('input[name=nickname]')
    await field.fill('')
    await field.focus()
    await page.keyboard.insertText('я'.repeat(300_000))
    await page.getByRole('button', { name: 'Дальше' }).tap()
    await expect(page.getByRole('main').getByRole('alert').getByRole('link', { name: 'Слишком длинно. Сократите.' })).toBeVisible()
    await expect(field).toHaveValue('я'.repeat(80))
  })

  test('in a browser: the summary takes the focus, the sentence stands at the field, what was typed is there', async ({ open }) => {
    const page = await open()
    await page.goto(FIELDS)
    await page.getByRole('radio', { name: 'Дольше' }).tap()
    await page.getByLabel('Сколько ночей', { exact: true }).last().fill('91')
    await page.getByRole('button', { name: 'Дальше' }).tap()
    const summary = page.getByRole('main').getByRole('alert')
    await expect(summary).toBeFocused()
    await expect(summary.getByRole('link', { name: 'Введите число ночей от 1 до 90.' })).toBeVisible()
    const field = page.locator('input[name=longer]')
    await expect(field).toHaveValue('91')
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(page.getByRole('radio', { name: 'Дольше' })).toBeChecked()
  })
})
