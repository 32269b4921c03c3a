import { expect, it } from 'vitest'
import { wasErased } from '@/lib/arrivals/queries/erased'
import { stayView } from '@/lib/arrivals/queries/stay'
import { deletionDay } from '@/lib/arrivals/rules/nights'
import { RETENTION_DAYS } from '@/lib/arrivals/schema'
import { eraseJob } from '@/lib/jobs/erase'
import { findArrivalId } from '@/lib/placements/queries/plans'
import type { CoordinatorScope } from '@/lib/auth/session'
import { SEALED, smallWorld } from '../setup/small-world'
import { testDatabase } from '../setup/test-database'

const database = await testDatabase()
const world = smallWorld(database)
const TODAY = `(now() at time zone 'Asia/Almaty')::date`

const read = (id: string) => database.row(
  'select state::text, contact_sealed is null as contact, nickname, token_hash is null as token, erased_at is not null as erased from arrival where id = $1', [id])
const KEPT = { contact: false, nickname: 'guest', erased: false }
const GONE = { contact: true, nickname: '—', token: true, erased: true }

/** Asked for three nights that ended so many days ago. */
async function askedUntil(daysAgo: number, more = ''): Promise<string> {
  const id = await world.arrival({ adults: 1 })
  await database.rows(`update arrival set from_date = ${TODAY} - $2::int - 3, until_date = ${TODAY} - $2::int ${more} where id = $1`, [id, daysAgo])
  return id
}

/** A confirmed or running stay whose last morning was so many days ago. */
async function stayedUntil(daysAgo: number, { arrived }: { arrived: boolean }) {
  const [coordinator, home, arrivalId] = [
    await world.person('COORDINATOR', 'Aigul'), await world.home({ sleeps: [2] }), await world.arrival({ adults: 1 })]
  const { placementIds } = await world.propose(coordinator, arrivalId, [{ roomId: home.roomId, from: 0, until: 3, adults: 1 }])
  const stay = placementIds?.[0] ?? ''
  await database.rows('update placement set needs_second = false where id = $1', [stay])
  await world.sayYes(stay, 'HOST')
  await world.sayYes(stay, 'GUEST')
  if (arrived) await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), stay])
  const shift = [`update opening set from_date = from_date - 60 where room_id = '${home.roomId}'`,
    ...['placement where id', 'hold where placement_id'].map((where) => {
      const [table = '', column = ''] = where.split(' where ')
      return `update ${table} set from_date = ${TODAY} - ${daysAgo} - 3, until_date = ${TODAY} - ${daysAgo} where ${column} = '${stay}'`
    }),
    `update arrival set from_date = ${TODAY} - ${daysAgo} - 3, until_date = ${TODAY} - ${daysAgo} where id = '${arrivalId}'`]
  for (const statement of shift) await database.rows(statement)
  return { stay, arrivalId }
}

it('erases what names a guest when thirty days are over, and not a day before', async () => {
  const due = await askedUntil(10, `, state = 'CLOSED', closed_at = now() - interval '31 days'`)
  const long = await askedUntil(30, `, state = 'WITHDRAWN', closed_at = now() - interval '1 day'`)
  const notYet = await askedUntil(10, `, state = 'CLOSED', closed_at = now() - interval '28 days'`)
  await eraseJob()
  expect(await read(due)).toMatchObject(GONE)
  expect(await read(long)).toMatchObject(GONE)
  expect(await read(notYet)).toMatchObject(KEPT)
  expect(await database.rows(`select 1 from audit_event where action = 'arrival.erased'`)).toHaveLength(2)
})

it('keeps the promised day also for a request nobody placed, and shows no other', async () => {
  const [due, tomorrow] = [await askedUntil(30), await askedUntil(29)]
  const { deletionDay: shown, nights } = await stayView(tomorrow)
  expect(shown).toBe(await world.day(1))
  expect(nights.from).toBe(await world.day(0))
  await eraseJob()
  expect(await read(due)).toMatchObject({ state: 'CLOSED', ...GONE })
  expect(await read(tomorrow)).toMatchObject({ state: 'OPEN', ...KEPT })
})

it('promises before the request what the database keeps after it', async () => {
  const arrivalId = await world.arrival({ adults: 1 })
  const { day } = await database.row(`select erase_day($1)::text as day`, [arrivalId])
  expect(day).toBe(deletionDay(await world.day(10)))
  expect(await world.day(10 + RETENTION_DAYS)).toBe(day)
})

it.each([{ arrived: true, state: 'DEPARTED' }, { arrived: false, state: 'CANCELLED' }])(
  'closes a stay nobody recorded a week after its last morning (arrived: $arrived)', async ({ arrived, state }) => {
    const [over, recent] = [await stayedUntil(8, { arrived }), await stayedUntil(7, { arrived })]
    await eraseJob()
    expect(await database.row('select state::text, ended_side::text, ended_reason from placement where id = $1', [over.stay]))
      .toEqual({ state, ended_side: 'COORDINATOR', ended_reason: 'NOT_RECORDED' })
    expect(await database.rows('select 1 from hold where placement_id = $1', [over.stay])).toEqual([])
    expect(await database.rows('select 1 from refusal where arrival_id = $1', [over.arrivalId])).toEqual([])
    expect(await read(over.arrivalId)).toMatchObject({ state: 'CLOSED', ...KEPT })
    expect(await read(recent.arrivalId)).toMatchObject({ state: 'PLACED', ...KEPT })
    const [shown] = await database.rows('select erase_day($1)::text as day', [over.arrivalId])
    expect(shown?.['day']).toBe(await world.day(22))
  })

it('leaves of a request nothing but how many people and nights', async () => {
  const { stay, arrivalId } = await stayedUntil(1, { arrived: true })
  const secret = 'PLANTED'
  await database.rows(`update arrival set code = 'ZZ-9ZZ', nickname = $2, token_hash = $2, district_id = (select id from district limit 1),
    children_ages = '{11,13}', flexible_nights = 7, animals = true, step_free = true, quiet_wished = true, private_bath_wished = true,
    own_entrance_wished = true, women_only = true, woman_alone = true, all_women = true, languages = '{ky}', unsafe_to_return = true,
    unwell = true, onward_plan = $2, onward_until = from_date + 9, growth_persons = 17, growth_from = from_date, growth_keep_until = from_date,
    source = 'PHONE', assigned_user_id = (select id from "user" limit 1), contact_kind = 'PHONE', contact_sealed = $3, contact_index = $2,
    note_sealed = $3, locale = 'kk', legal_version = $2, looked_at = now(), broken_placement = true where id = $1`, [arrivalId, secret, SEALED])
  await database.rows(`update placement set children_ages = '{11,13}', reasons = '{"why":"PLANTED"}' where id = $1`, [stay])
  await database.rows(`insert into check_in (placement_id, side, due_at, note_sealed) values ($1, 'GUEST', now(), $2)`, [stay, SEALED])
  await database.rows(`insert into refusal (arrival_id, home_id, side, reason, until_date)
    select $1, home_id, 'GUEST', 'NOT_SAFE', until_date from placement where id = $2`, [arrivalId, stay])
  await database.rows(`insert into idempotency_key values ('anonymous', 'k1234567890123456', 'arrival.request', 'h',
    jsonb_build_object('code', 'OK', 'value', jsonb_build_object('arrivalId', $1::text, 'code', 'ZZ-9ZZ')))`, [arrivalId])
  const before = await database.row('select to_jsonb(arrival) as whole from arrival where id = $1', [arrivalId])
  const key = world.newKey()
  expect(await wasErased(key)).toBe(false)
  expect(await world.call(`withdraw_arrival($3, $1, 'h', $2, true)`, [key, arrivalId, `arrival:${arrivalId}`])).toMatchObject({ code: 'OK' })
  expect(await wasErased(key)).toBe(true)
  expect(await wasErased(world.newKey())).toBe(false)
  const after = await database.row('select to_jsonb(arrival) as whole from arrival where id = $1', [arrivalId])

  const whole = after['whole'] as Record<string, unknown>
  const same = Object.entries(before['whole'] as Record<string, unknown>)
    .filter(([column, value]) => value !== null && JSON.stringify(whole[column]) === JSON.stringify(value)).map(([column]) => column)
  expect(same.sort()).toEqual(['adults', 'city_ids', 'created_at', 'from_date', 'id', 'until_date', 'waiting_since'])
  expect(whole).toMatchObject({ children_ages: [0, 0], code: expect.stringMatching(/^[ILOU]/) as unknown })
  const kin = await database.row(`select jsonb_build_array(
    (select jsonb_agg(to_jsonb(p)) from placement p where arrival_id = $1), (select jsonb_agg(to_jsonb(r)) from refusal r where arrival_id = $1),
    (select jsonb_agg(to_jsonb(c)) from check_in c where placement_id = $2), (select jsonb_agg(to_jsonb(k)) from idempotency_key k)) as all`, [arrivalId, stay])
  expect(JSON.stringify([whole, kin['all']])).not.toMatch(/PLANTED|ZZ-9ZZ|v1\.aesgcm|NOT_SAFE|11, ?13/)
  const scope = { cityIds: ['almaty'] } as unknown as CoordinatorScope
  await expect(findArrivalId(scope, String(whole['code']))).rejects.toMatchObject({ code: 'NOT_FOUND' })
})
