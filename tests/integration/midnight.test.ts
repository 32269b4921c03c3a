import { randomUUID } from 'node:crypto'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { enterAction } from '@/app/[locale]/coordinate/enter/actions'
import { closeNightsAction, offerNightsAction } from '@/app/[locale]/host/rooms/[id]/actions'
import { IDLE, type FormAction } from '@/lib/actions/state'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { hearTime, todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { newRequest } from '../setup/api-cases'
import { apiScenes, fingerprint, type Scenes } from '../setup/api-scenes'
import { callApi } from '../setup/api-world'
import { testDatabase, type TestDatabase } from '../setup/test-database'

// What is sent in the last minute of a day and again in the first of the next, because its answer was lost.

const DAY_MS = 86_400_000

const jar = vi.hoisted(() => new Map<string, string>())
vi.mock('next/cache', () => ({ revalidatePath: () => undefined }))
vi.mock('next/headers', () => ({
  headers: () => Promise.resolve(new Headers({ 'sec-fetch-site': 'same-origin' })),
  cookies: () => Promise.resolve({ get: (name: string) => (jar.has(name) ? { value: jar.get(name) } : undefined) }),
}))
vi.mock('next-auth', () => ({
  getServerSession: async ({ adapter }: { adapter: { getSessionAndUser: (token: string) => Promise<unknown> } }) =>
    adapter.getSessionAndUser(jar.get('qonaq-session') ?? ''),
}))
vi.mock('next-intl/server', () => ({
  getLocale: () => Promise.resolve('en'),
  getTranslations: () => Promise.resolve(Object.assign((code: string) => code, { has: () => true })),
}))
vi.mock('@/app/[locale]/coordinate/slip', () => ({ writeSlip: ({ arrivalId, token }: { arrivalId: string; token: string }) => Promise.resolve({ arrivalId, token }) }))

let database: TestDatabase
let scenes: Scenes

beforeAll(async () => {
  database = await testDatabase()
  scenes = await apiScenes(database)
})
const setBack = () => { hearTime(new Date()) }
afterEach(setBack)

const today = () => todayIn('almaty')
/** The product's clock one day on: the day that was today is over. */
const midnight = () => { hearTime(new Date(Date.now() + DAY_MS)) }

async function signIn(userId: string): Promise<void> {
  const token = newToken()
  await database.rows(`insert into session (user_id, token_hash, expires_at) values ($1, $2, now() + interval '9 days')`, [userId, hashSecret('session', token)])
  jar.set('qonaq-session', token)
}

function press(action: FormAction, fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return action(IDLE, form)
}

const asked = (firstNight: string) => ({ ...newRequest(), where: { cityId: 'almaty', firstNight, nights: 3 } })
const growing = (from: string, keepUntil: string) => ({ ...asked('today'), who: { adults: 2, growth: { persons: 1, from, keepUntil } } })
const DOORS = [
  ['POST /requests', '/requests', 'anonymous', {}],
  ['POST /arrivals', '/arrivals', 'coordinator', { source: 'PHONE' }],
] as const

it.each(DOORS)('%s is answered again after midnight, with the secret, and makes nothing', async (_name, path, role, more) => {
  const bearer = scenes.staff[role]
  for (const said of [asked(today()), growing(today(), today())]) {
    const request = { method: 'POST', path, bearer, key: randomUUID(), body: { ...said, ...more } }
    const first = await callApi(request)
    expect(first).toMatchObject({ status: 201, body: { secret: expect.any(String) as string } })
    midnight()
    const before = await database.row('select count(*)::int as arrivals from arrival')
    const again = await callApi(request)
    expect([again.status, again.body, again.headers.get('idempotency-replayed')]).toEqual([201, first.body, 'true'])
    expect(await database.row('select count(*)::int as arrivals from arrival')).toEqual(before)
    setBack()
  }
})

it.each(DOORS)('%s takes no new request for a day that is over, and leaves its key free', async (_name, path, role, more) => {
  const [bearer, key, yesterday] = [scenes.staff[role], randomUUID(), addDays(today(), -1)]
  const send = async (body: object) => callApi({ method: 'POST', path, bearer, key, body: { ...body, ...more } })
  const before = await fingerprint(database)
  expect(await send(asked(yesterday))).toMatchObject({
    status: 422, body: { code: 'CHECK_FIELDS', errors: [{ pointer: '/where/firstNight', code: 'DAY_PAST' }] } })
  expect(await send({ ...growing(yesterday, yesterday), where: { cityId: 'almaty', firstNight: yesterday, nights: 1 } })).toMatchObject({
    status: 422, body: { errors: [{ pointer: '/where/firstNight', code: 'DAY_PAST' }, { pointer: '/who/growth/from', code: 'DAY_PAST' }] } })
  expect(await send(growing(today(), yesterday))).toMatchObject({ status: 422 })
  // beside another fault it is told with it
  expect(await send({ ...asked(yesterday), reach: { kind: 'PHONE', contact: '123', nickname: 'Z' } })).toMatchObject({
    status: 422, body: { errors: [{ code: 'DAY_PAST' }, { code: 'PHONE_INVALID' }] } })
  const without = ({ api_token: _used, rate_limit: _tries, ...rest }: Record<string, string>) => rest
  expect(without(await fingerprint(database))).toEqual(without(before))
  expect(await send(asked(today()))).toMatchObject({ status: 201 })
})

it('the desk’s form prints the same link after midnight, and says of a new one at the field that its day is over', async () => {
  await signIn(scenes.staffIds.coordinator)
  const form = {
    _key: randomUUID(), city: 'almaty', otherCity: '', night: 'other', day: today(), nights: '1', longer: '', adults: '2', children0: '0', children3: '0',
    children7: '0', children13: '0', laterPersons: '1', laterFrom: today(), laterUntil: today(), reach: 'NONE', mail: '', phone: '',
    nickname: 'Белый орёл', source: 'DESK', note: '',
  }
  const first = await press(enterAction, form)
  expect(first).toMatchObject({ status: 'done', data: { token: expect.any(String) as string } })
  midnight()
  expect(await press(enterAction, form)).toEqual(first)
  expect(await press(enterAction, { ...form, _key: randomUUID() })).toMatchObject({
    status: 'refused', message: 'CHECK_FIELDS', fields: { day: 'DAY_PAST', laterFrom: 'DAY_PAST' }, values: { day: form.day } })
})

it.each([['offered', offerNightsAction, 40], ['closed', closeNightsAction, 0]] as const)('nights are %s once, also when midnight lies between two presses', async (_how, action, last) => {
  const { userId, roomIds: [roomId = ''] } = await scenes.home({ sleeps: [2] })
  await signIn(userId)
  const form = { _key: randomUUID(), roomId, version: String(await scenes.versionOf('room', roomId)), from: today(), lastNight: addDays(today(), last) }
  expect(await press(action, form)).toEqual({ status: 'done', message: 'SAVED' })
  midnight()
  expect(await press(action, form)).toEqual({ status: 'done', message: 'SAVED' })
  const version = String(await scenes.versionOf('room', roomId))
  expect(await press(action, { ...form, _key: randomUUID(), version })).toMatchObject({ status: 'refused', message: 'CHECK_FIELDS', fields: { from: 'DAY_PAST' } })
})
