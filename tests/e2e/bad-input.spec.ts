import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { DESK, expect, test } from '../setup/browser'
import type { BrowserWorld, HostPerson } from '../setup/browser-world'
import { postPlainForm, readPlainForm, type PlainAnswer, type PlainForm, type Sent } from '../setup/plain-form'
import {
  FAR_DAYS, GOOD_TEXTS, WRONG_DAYS, WRONG_MAILS, WRONG_NUMBERS, WRONG_OPTIONAL_TEXTS, WRONG_SHARED_TEXTS, WRONG_TEXTS,
} from '../setup/wrong-values'

test.describe.configure({ mode: 'parallel' })

type Language = 'ru' | 'kk' | 'en'

/** Sentences of a catalog; a message at a field must be one of them, in the page's language. */
function sentences(language: Language): string[] {
  const file = `lib/i18n/messages/${language}/errors.json`
  return Object.values(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
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
  const answer = await postPlainForm(page, form, { [field]: value, ...one.with })
  const where = `${name} in ${field} of ${form.path}`
  expect.soft(answer.status, where).toBe(200)
  expect.soft(sentences(languageOf(form)), `${where}: the sentence at the field`).toContain(answer.errors[field])
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
  })

  test('who, in Kazakh', async ({ open }) => {
    const page = await open()
    await go(page, '/kk/need?city=taraz', 'city')
    const form = await readPlainForm(page, '/kk/need/who', 'adults')
    await refuseAll([...WRONG_NUMBERS, ['41 51 people', '51']], { page, form, field: 'adults' })
    await refuseAll(WRONG_NUMBERS, { page, form, field: 'children3' })
    await refuse({ page, form, name: '41 51 with children', field: 'adults', value: '26', with: { children7: '25' } })
    const later = { laterPersons: '2', laterFrom: '2027-03-01', laterUntil: '2027-04-01' }
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS], { page, form, field: 'laterFrom', with: { laterPersons: '2', laterUntil: '2027-04-01' } })
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
    await refuseAll([...WRONG_TEXTS, ...WRONG_SHARED_TEXTS, ['94 41 letters', 'я'.repeat(41)]], { page, form, field: 'nickname' })
    for (const [name, value] of GOOD_TEXTS) await accept({ page, form, name, field: 'nickname', value })
    await refuseAll(WRONG_MAILS, { page, form, field: 'mail', with: { reach: 'MAIL' } })
    await refuseAll([['88 letters', 'call me'], ['88 too short', '12'], ['48 empty', '']], { page, form, field: 'phone', with: { reach: 'PHONE' } })
    await refuse({ page, form, name: 'unknown way', field: 'reach', value: 'PIGEON', isKept: false })
  })
})

test.describe('the offer of a home', () => {
  test('what and where', async ({ open }) => {
    const page = await open()
    const what = await readPlainForm(page, '/ru/host/offer', 'kind')
    await refuseAll([...WRONG_NUMBERS, ['34 zero', '0'], ['41 51 beds', '51']], { page, form: what, field: 'places' })
    await refuseAll([...WRONG_NUMBERS, ['34 zero', '0'], ['41 21 rooms', '21']], { page, form: what, field: 'rooms' })
    await go(page, '/ru/host/offer', 'kind')
    const where = await readPlainForm(page, '/ru/host/offer/where', 'district')
    const town = { city: 'almaty' }
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ['94 201 letters', 'я'.repeat(201)]], { page, form: where, field: 'address', with: town })
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
    await go(page, '/kk/host/offer/when', 'startDay')
    await go(page, '/kk/host/offer/house', 'childrenHere')
    const you = await readPlainForm(page, '/kk/host/offer/you', 'firstName')
    const mail = { mail: 'anna@example.org' }
    await refuseAll([...WRONG_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: you, field: 'firstName', with: mail })
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
    await refuseAll([...WRONG_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: facts, field: 'name' })
    await refuseAll([...WRONG_NUMBERS, ['34 zero', '0'], ['41 51 beds', '51']], { page, form: facts, field: 'sleeps' })
    const home = `/ru/host/homes/${host.homeId}`
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: await readPlainForm(page, home, 'houseRules'), field: 'houseRules' })
    await refuseAll(WRONG_TEXTS, { page, form: await readPlainForm(page, home, 'address'), field: 'address' })
    await refuseAll([...WRONG_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: await readPlainForm(page, home, 'Добавить комнату'), field: 'name' })
    expect(await offerOf(world, host), 'nothing was written').toEqual(before)
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
    await refuseAll([...WRONG_TEXTS, ...WRONG_SHARED_TEXTS], { page, form, field: 'nickname' })
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
    await refuseAll([...WRONG_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: reference, field: 'referee', with: { apart: 'on' } })
    await refuseAll([...WRONG_OPTIONAL_TEXTS, ...WRONG_SHARED_TEXTS], { page, form: reference, field: 'note', with: apart })
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS, ['in the future', '2030-01-01'], ['29 empty', '']], { page, form: reference, field: 'doneOn', with: apart })
    const visit = await readPlainForm(page, `/ru/coordinate/hosts/${applied.hostId}`, 'seen')
    await refuseAll([...WRONG_DAYS, ...FAR_DAYS], { page, form: visit, field: 'doneOn', with: { seen: 'on' } })
    await refuse({ page, form: visit, name: 'nobody was seen', field: 'seen', value: null })
    const longer = await readPlainForm(page, `/ru/coordinate/placements/${placement}`, 'until')
    await refuseAll([...WRONG_DAYS, ['11 year 9999', '9999-12-31'], ['29 empty', '']], { page, form: longer, field: 'until' })
    const past = await postPlainForm(page, longer, { until: '2022-10-01' })
    expect(past.alert, '22 in the past').not.toBe('')
    expect([await offerOf(world, applied), await world.fingerprint(placement)], 'nothing was written').toEqual(before)
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
