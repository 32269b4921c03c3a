import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, beforeAll, describe, expect, it, test, vi } from 'vitest'
import { requestShelter } from '@/lib/arrivals/commands/request'
import { requestSignInCode } from '@/lib/auth/commands'
import { authOptions } from '@/lib/auth/options'
import { db } from '@/lib/db/client'
import { lapseDueJob } from '@/lib/jobs/lapse-due'
import { CITIES } from '@/lib/places/places'
import { hashSecret, newFormKey, newToken } from '@/lib/privacy/secret'
import { isTimeOld, now, todayIn } from '@/lib/time/clock'
import { dayInZone } from '@/lib/time/day'
import { smallStays } from '../setup/small-stays'
import { connect, testDatabase, type TestDatabase } from '../setup/test-database'

const DAY_MS = 86_400_000
const ZONES = ['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/Los_Angeles', 'Asia/Kathmandu', 'UTC']

const TONIGHT: Parameters<typeof requestShelter>[0]['intake'] = {
  where: { cityId: 'almaty', firstNight: 'today', nights: 3 },
  who: { adults: 1, childrenAges: [], circumstances: [], languages: [], growth: null },
  reach: { kind: 'NONE', contact: '', nickname: 'Синий барс' },
  note: null,
}

let database: TestDatabase
let stays: ReturnType<typeof smallStays>
beforeAll(async () => {
  database = await testDatabase()
  stays = smallStays(database)
})
afterEach(() => { vi.useRealTimers() })

const todayOf = async (cityId: string, at = database) =>
  String((await at.row('select city_today($1)::text as today', [cityId]))['today'])

/** The machine's clock from now on; the database's goes on as it was, and is heard again. */
async function startWithClock(offsetMs: number): Promise<void> {
  Reflect.deleteProperty(globalThis, 'qonaqTime')
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + offsetMs })
  await db.$queryRaw`select 1 as one`
  await vi.waitUntil(() => !isTimeOld(), { timeout: 10_000 })
}

/** Runs a few lines of a program of its own, in another zone or with another clock, and reads what they print. */
async function inNewProcess(lines: string, env: Record<string, string>): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath,
    ['--conditions=react-server', '--import', 'tsx', '--input-type=module', '--eval', `${lines}\nprocess.exit(0)`], { env: { ...process.env, ...env } })
  return JSON.parse(stdout)
}

describe.each([['a day ahead', DAY_MS], ['a day behind', -DAY_MS], ['a year ahead', 365 * DAY_MS]])('a web server whose clock is %s', (_words, offset) => {
  it('has the days of the database, town by town', async () => {
    await startWithClock(offset)
    for (const cityId of ['almaty', 'oral', 'bishkek']) expect(todayIn(cityId)).toBe(await todayOf(cityId))
  })

  it('takes "tonight" for the night of the database', async () => {
    await startWithClock(offset)
    const asked = await requestShelter({
      actor: { kind: 'ANONYMOUS' }, key: newFormKey(), requestHash: 'h', intake: TONIGHT, token: newToken(), source: 'WEB', locale: 'ru' })
    if (!asked.ok) throw new Error(asked.reason)
    const { night } = await database.row('select from_date::text as night from arrival where id = $1', [asked.value.arrivalId])
    expect(night).toBe(await todayOf('almaty'))
  })

  it('takes a yes until the deadline of the database and none after it', async () => {
    const { roomId } = await stays.home({ sleeps: [2] })
    const [open = '', late = ''] = [...await stays.proposed([await stays.leg(roomId, 5, 7)]), ...await stays.proposed([await stays.leg(roomId, 10, 12)])]
    await database.rows(`update plan set deadline = now() - interval '1 second' where id = (select plan_id from placement where id = $1)`, [late])
    await startWithClock(offset)
    expect(await stays.yes(open, 'HOST')).toMatchObject({ ok: true })
    expect(await stays.yes(late, 'HOST')).toEqual({ ok: false, reason: 'LAPSED', detail: {} })
    await lapseDueJob()
    expect([await stays.stateOf(open), await stays.stateOf(late)]).toEqual(['PROPOSED', 'LAPSED'])
  })

  it('ends sessions when the database does', async () => {
    const userId = await stays.person('COORDINATOR', 'Aigul')
    const [lives, over] = [newToken(), newToken()]
    for (const [token, left] of [[lives, '1 hour'], [over, '-1 second']] as const) {
      await database.rows(`insert into session (user_id, token_hash, expires_at) values ($1, $2, now() + $3::interval)`, [userId, hashSecret('session', token), left])
    }
    await startWithClock(offset)
    const open = async (token: string) => authOptions.adapter?.getSessionAndUser?.(token)
    const found = await open(lives)
    // next-auth compares with the machine's own clock, and deletes what it takes for old
    expect((found?.session.expires.getTime() ?? 0) - Date.now()).toBeGreaterThan(59 * 60_000)
    expect((found?.session.expires.getTime() ?? 0) - Date.now()).toBeLessThan(61 * 60_000)
    expect(await open(over)).toBeNull()
  })

  it('gives a sign-in code its ten minutes', async () => {
    await startWithClock(offset)
    await requestSignInCode({ mail: `clock${String(offset)}@example.org`, locale: 'ru' })
    const { left } = await database.row('select extract(epoch from expires_at - now())::float8 as left from sign_in_code order by created_at desc limit 1')
    expect(Number(left)).toBeGreaterThan(590)
    expect(Number(left)).toBeLessThanOrEqual(600)
  })
})

it('does not see the machine\'s clock jump while it runs', async () => {
  await startWithClock(0)
  const before = now().getTime()
  for (const jump of [DAY_MS, -DAY_MS, 365 * DAY_MS]) {
    vi.setSystemTime(before + jump)
    expect(Math.abs(now().getTime() - before)).toBeLessThan(5_000)
  }
})

describe.each(ZONES)('a connection whose session is in %s', (zone) => {
  let there: TestDatabase
  beforeAll(async () => {
    there = await connect((await testDatabase()).connectionString)
    await there.rows(`set timezone = '${zone}'`)
  })

  it('has the same day in every town', async () => {
    const days = await there.rows('select id, city_today(id)::text as today from city order by id')
    expect(days).toEqual(await database.rows('select id, city_today(id)::text as today from city order by id'))
    const moment = (await database.row('select now() as moment'))['moment'] as Date
    for (const { id, timeZone } of CITIES) expect(days).toContainEqual({ id, today: dayInZone(moment, timeZone) })
  })

  it('takes the same nights from asking to leaving', async () => {
    const abroad = smallStays(there)
    const { roomId } = await abroad.home({ sleeps: [2] })
    const [first, last] = [await stays.day(0), await stays.day(3)]
    const [id = ''] = await abroad.confirmed([await abroad.leg(roomId, 0, 3)])
    const nights = `select from_date::text as from, until_date::text as until, (until_date - from_date)::int as count from hold where placement_id = $1`
    expect(await there.row(nights, [id])).toEqual({ from: first, until: last, count: 3 })
    expect(await database.row(nights, [id])).toEqual({ from: first, until: last, count: 3 })
    await abroad.call(`record_arrived('test', $1, 'h', $2)`, [abroad.newKey(), id])
    await abroad.release(id, 'DEPARTED', 'GUEST', 'PLANNED')
    expect(await database.row('select arrived_on::text as came, departed_on::text as left from placement where id = $1', [id])).toEqual({ came: first, left: first })
  })
})

const DAYS = ['2023-12-31', '2024-02-28', '2024-02-29', '2024-03-01', '2026-03-29', '2026-10-25']
const TOWNS = ['almaty', 'oral', 'bishkek']

it.each([DAY_MS, -DAY_MS])('has the right day from its first question on, in a process that starts %i ms off', async (offset) => {
  const said = await inNewProcess(`
    const Real = Date
    globalThis.Date = class extends Real {
      constructor(...given) { given.length === 0 ? super(Real.now() + ${String(offset)}) : super(...given) }
      static now() { return Real.now() + ${String(offset)} }
    }
    const { db } = await import('./lib/db/client')
    const { todayIn } = await import('./lib/time/clock')
    await db.$queryRaw\`select 1 as one\`
    process.stdout.write(JSON.stringify(${JSON.stringify(TOWNS)}.map(todayIn)))`, {})
  expect(said).toEqual(await Promise.all(TOWNS.map((cityId) => todayOf(cityId))))
})

test.each(['America/Los_Angeles', 'Pacific/Kiritimati', 'Pacific/Pago_Pago'])('a machine in %s reads and writes the same nights', async (TZ) => {
  const said = await inNewProcess(`
    const { db } = await import('./lib/db/client')
    const { dateColumn, dayOf } = await import('./lib/db/dates')
    const { todayIn } = await import('./lib/time/clock')
    const rows = []
    for (const day of ${JSON.stringify(DAYS)}) {
      rows.push(...await db.$queryRaw\`select \${dateColumn(day)}::date as date, (\${dateColumn(day)}::date)::text as text\`)
    }
    process.stdout.write(JSON.stringify({
      today: ${JSON.stringify(TOWNS)}.map(todayIn), read: rows.map(({ date }) => dayOf(date)), written: rows.map(({ text }) => text),
    }))`, { TZ })
  expect(said).toEqual({ today: await Promise.all(TOWNS.map((cityId) => todayOf(cityId))), read: DAYS, written: DAYS })
})
