import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, test } from '../setup/browser'
import { postPlainForm, readPlainForm, type PlainAnswer, type PlainForm, type Sent } from '../setup/plain-form'
import {
  FAR_DAYS, GOOD_TEXTS, WRONG_DAYS, WRONG_MAILS, WRONG_NUMBERS, WRONG_SHARED_TEXTS, WRONG_TEXTS,
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
}

function expectKept({ field, value, name, form }: Case, { values }: PlainAnswer): void {
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
    await refuse({ page, form, name: 'unknown town', field: 'otherCity', value: 'atlantis', with: { city: 'other' } })
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
    await refuse({ page, form, name: 'unknown way', field: 'reach', value: 'PIGEON' })
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
    const notEmpty = WRONG_TEXTS.filter(([name]) => !name.startsWith('48') && !name.startsWith('49'))
    await refuseAll([...notEmpty, ['94 201 letters', 'я'.repeat(201)]], { page, form: where, field: 'address', with: town })
    for (const [name, value] of GOOD_TEXTS) await accept({ page, form: where, name, field: 'address', value, with: town })
    await refuse({ page, form: where, name: 'a district of another town', field: 'district', value: 'bishkek-lenin', with: town })
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
