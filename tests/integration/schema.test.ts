import { readFile } from 'node:fs/promises'
import { beforeAll, describe, expect, it } from 'vitest'
import { withSchemaEngine } from '@/lib/db/schema-engine'
import { smallWorld } from '../setup/small-world'
import { connect, scratchDatabase, testDatabase } from '../setup/test-database'
import type { TestDatabase } from '../setup/test-database'

/** The physical rules by name: whoever drops one must come here first. */
const CONSTRAINTS = [
  'opening_pkey', 'opening_bounded',
  'hold_pkey', 'hold_bounded', 'hold_guests_check', 'hold_beds_of_room', 'hold_fits_beds', 'hold_inside_opening',
  'hold_room_free', 'hold_arrival_once',
  'arrival_party', 'arrival_children', 'arrival_nights', 'arrival_woman_alone', 'arrival_growth', 'arrival_contact',
  'placement_party', 'placement_nights', 'host_women_only', 'room_sleeps_check',
  'yes_once', 'approval_once', 'block_once', 'idempotency_key_pkey', 'placement_event_pkey', 'audit_event_pkey',
]

/** A statement that must never be carried out, and the constraint that says no. */
const WRONG: [situation: string, constraint: string, statement: string][] = [
  ['a night outside the opening', 'hold_inside_opening', hold({ from: 95, until: 101 })],
  ['a room that was never offered', 'hold_inside_opening', hold({ room: '$closed', sleeps: 3 })],
  ['more guests than beds', 'hold_fits_beds', hold({ guests: 4 })],
  ['nobody at all', 'hold_guests_check', hold({ guests: 0 })],
  ['beds the room does not have', 'hold_beds_of_room', hold({ sleeps: 9, guests: 4, from: 20, until: 25 })],
  ['a night that is promised already', 'hold_room_free', hold({ from: 9, until: 11 })],
  ['a second plan for an arrival’s night', 'hold_arrival_once', hold({ room: '$other', arrival: '$guest' })],
  ['a hold of no night', 'hold_bounded', hold({ from: 20, until: 20 })],
  ['a hold of two years', 'hold_bounded', hold({ from: 20, until: 700 })],
  ['an opening cut short under a hold', 'hold_inside_opening', `update opening set until_date = from_date + 5 where room_id = '$room'`],
  ['an opening taken away under a hold', 'hold_inside_opening', `delete from opening where room_id = '$room'`],
  ['beds taken away under a hold', 'hold_fits_beds', `update room set sleeps = 1 where id = '$room'`],
  ['two openings for one night', 'opening_pkey', opening(`current_date + 1`, `current_date + 3`)],
  ['an opening of no night', 'opening_bounded', opening(`current_date + 200`, `current_date + 200`)],
  ['an opening without an end', 'opening_bounded', opening(`current_date + 200`, `'infinity'`)],
  ['an opening without a beginning', 'opening_bounded', opening(`'-infinity'`, `current_date - 200`)],
  ['a party of 51', 'arrival_party', arrival({ adults: 50, children: '{3}' })],
  ['a party of children alone', 'arrival_party', arrival({ adults: 0, children: '{9}' })],
  ['a child of eighteen', 'arrival_children', arrival({ adults: 1, children: '{18}' })],
  ['nights that run backwards', 'arrival_nights', arrival({ from: '2026-12-10', until: '2026-12-01' })],
  ['no night at all', 'arrival_nights', arrival({ from: '2026-12-01', until: '2026-12-01' })],
  ['a stay without an end', 'arrival_nights', arrival({ until: 'infinity' })],
  ['a year and two nights', 'arrival_nights', arrival({ from: '2026-12-01', until: '2027-12-03' })],
  ['a woman alone among men', 'arrival_woman_alone', `update arrival set woman_alone = true, all_women = false where id = '$guest'`],
  ['somebody who joins on no day', 'arrival_growth', `update arrival set growth_persons = 2 where id = '$guest'`],
  ['a contact that is not there', 'arrival_contact', `update arrival set contact_sealed = null where id = '$guest'`],
  ['a second yes of one side', 'yes_once', `insert into yes (placement_id, side, way) values ('$stay', 'COORDINATOR', 'DESK')`],
  ['a second approval of one person', 'approval_once', `insert into approval (placement_id, approver_id) values ('$stay', '$coordinator')`],
  ['a key used twice', 'idempotency_key_pkey', `insert into idempotency_key (actor, key, operation, request_hash)
    values ('a', 'key-of-sixteen-chars', 'x', 'h'), ('a', 'key-of-sixteen-chars', 'y', 'g')`],
  ['women only with men in the house', 'host_women_only', `update host set women_only_guests = true`],
  ['a home that changes its city', 'home_stays_in_city', `update home set city_id = 'astana'`],
]

interface WrongHold {
  room?: string
  arrival?: string
  sleeps?: number
  guests?: number
  from?: number
  until?: number
}

function hold({ room = '$room', arrival: who = '$waiting', sleeps = 3, guests = 2, from = 0, until = 5 }: WrongHold): string {
  return `insert into hold (placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date)
    select '$spare', uuidv7(), '${who}', '${room}', ${sleeps}, ${guests}, '$today'::date + ${from}, '$today'::date + ${until}`
}

function opening(from: string, until: string): string {
  return `insert into opening (room_id, from_date, until_date) values ('$room', ${from}, ${until})`
}

function arrival(over: { adults?: number; children?: string; from?: string; until?: string }): string {
  const { adults = 1, children = '{}', from = '2026-12-01', until = '2026-12-05' } = over
  return `insert into arrival (code, nickname, city_ids, from_date, until_date, adults, children_ages)
    values ('ZZ-ZZZ', 'x', '{almaty}', '${from}', '${until}', ${adults}, '${children}')`
}

const ids: Record<string, string> = {}
let owner: TestDatabase

function filled(statement: string): string {
  return statement.replace(/\$([a-z]+)/g, (_, name: string) => ids[name] ?? name)
}

beforeAll(async () => {
  owner = await testDatabase()
  const world = smallWorld(owner)
  const coordinator = await world.person('COORDINATOR', 'Aigul')
  const [first, second] = [await world.home({ sleeps: [3] }), await world.home({ sleeps: [3, 3] })]
  const guest = await world.arrival({ adults: 2 })
  const stay = await world.propose(coordinator, guest, [{ roomId: first.roomId, from: 0, until: 10, adults: 2 }])
  const other = await world.propose(coordinator, await world.arrival({ adults: 1 }),
    [{ roomId: second.roomId, from: 40, until: 41, adults: 1 }])
  const spare = other.placementIds?.[0] ?? ''
  await owner.rows('delete from hold where placement_id = $1', [spare])
  const [, closed] = second.roomIds
  await owner.rows('delete from opening where room_id = $1', [closed])
  Object.assign(ids, {
    coordinator, guest, stay: stay.placementIds?.[0], spare, room: first.roomId, other: second.roomId, closed,
    waiting: await world.arrival({ adults: 2 }), today: await world.day(0),
  })
})

describe('the catalogue', () => {
  it.each(CONSTRAINTS)('has %s', async (name) => {
    expect(await owner.rows(`select 1 from pg_constraint where conname = $1 and convalidated and conenforced`, [name])).toHaveLength(1)
  })

  it('states life in enum types and nothing else', async () => {
    const types = await owner.rows(`select table_name || '.' || column_name as it from information_schema.columns
      where table_schema = 'public' and column_name in ('state', 'from_state', 'to_state') and data_type <> 'USER-DEFINED'`)
    expect(types).toEqual([])
  })
})

describe('a wrong row is refused by name', () => {
  it.each(WRONG)('%s: %s', async (_situation, constraint, statement) => {
    await expect(owner.rows(filled(statement))).rejects.toMatchObject({ constraint })
  })

  it.each([
    ['a hold that runs backwards', hold({ from: 20, until: 19 })],
    ['an opening that runs backwards', opening('current_date + 300', 'current_date + 200')],
  ])('%s: it is no range at all', async (_situation, statement) => {
    await expect(owner.rows(filled(statement))).rejects.toMatchObject({ code: '22000' })
  })

  it('takes a hold that touches the one before, so the test would notice a refusal of everything', async () => {
    await owner.rows('begin')
    await owner.rows(filled(hold({ from: 10, until: 12 })))
    await owner.rows('rollback')
  })

  it('lets a host add beds under a hold, and the hold follows', async () => {
    await owner.rows('begin')
    await owner.rows(filled(`update room set sleeps = 5 where id = '$room'`))
    const { sleeps } = await owner.row(filled(`select sleeps from hold where placement_id = '$stay'`))
    expect(sleeps).toBe(5)
    await owner.rows('rollback')
  })
})

describe('the application’s role', () => {
  const WRITES = ['insert', 'update', 'delete', 'truncate']
  const FUNCTIONS_ONLY = ['plan', 'placement', 'hold', 'yes', 'approval', 'refusal', 'reveal', 'extension', 'placement_event',
    'audit_event', 'audit_link', 'audit_head', 'idempotency_key', 'free_run', 'legal_move']

  it.each(FUNCTIONS_ONLY)('may read %s and not write it', async (table) => {
    const app = await connect(owner.connectionString, 'qonaq_app')
    for (const right of WRITES) {
      const { may } = await app.row(`select has_table_privilege('qonaq_app', $1, $2) as may`, [`public.${table}`, right])
      expect(may, `${right} on ${table}`).toBe(false)
    }
    const statement = `delete from ${table}`
    await expect(app.rows(statement)).rejects.toMatchObject({ code: '42501' })
  })

  it('never deletes an arrival or a message, and changes no past', async () => {
    const app = await connect(owner.connectionString, 'qonaq_app')
    for (const statement of ['delete from arrival', 'delete from message', `update audit_event set actor = 'x'`]) {
      await expect(app.rows(statement)).rejects.toMatchObject({ code: '42501' })
    }
  })

  it('moves a placement only through the transitions, not through their inner steps', async () => {
    const app = await connect(owner.connectionString, 'qonaq_app')
    await expect(app.rows(filled(`select move_placement('$stay', 'CONFIRMED', 'x', null)`))).rejects.toMatchObject({ code: '42501' })
    const answer = await smallWorld(app).sayYes(ids['stay'] ?? '', 'GUEST')
    expect(answer.code).toBe('OK')
  })
})

it('has in the database what schema.prisma says, column by column', async () => {
  const drawn = await scratchDatabase('nothing')
  await drawn.rows(await scriptOfSchema(drawn.connectionString))
  expect(await columns(owner)).toEqual(await columns(drawn))
})

async function scriptOfSchema(connectionString: string): Promise<string> {
  const content = await readFile('prisma/schema.prisma', 'utf8')
  const { stdout } = await withSchemaEngine(connectionString, (engine) => engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
    script: true, exitCode: null, filters: { externalTables: [], externalEnums: [] },
  }))
  return stdout ?? ''
}

/**
 * Columns and enum values as the engine can know them: ours has generated ranges and the tables of the ledger besides.
 * Microseconds are what a timestamp has anyway, and the engine leaves lists without their "not null".
 */
async function columns({ rows }: TestDatabase): Promise<string[]> {
  const found = await rows(`
    select c.relname || '.' || a.attname || ' ' || replace(format_type(a.atttypid, a.atttypmod), '(6)', '')
      || case when a.attnotnull or format_type(a.atttypid, null) like '%[]' then '' else ' null' end as it
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.attname <> 'during' and c.relname not in ('_prisma_migrations', 'legal_move', 'audit_head')
    union all
    select t.typname || ' = ' || string_agg(e.enumlabel, ' ' order by e.enumsortorder)
    from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by t.typname
    order by 1`)
  return found.map(({ it: column }) => String(column))
}
