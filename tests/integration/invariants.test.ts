import { Client } from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { checkInvariants, readInvariants } from '@/lib/db/invariants'
import { SEALED, smallWorld } from '../setup/small-world'
import { testDatabase } from '../setup/test-database'

type Plant = [id: string, what: string, statements: string[]]

const FOREIGN = SEALED.replace('0123abcd', 'ffffffff')
const into = (table: string, column: string) => (value: string) =>
  `update "${table}" set ${column} = ${value} where id = (select id from "${table}" order by id limit 1)`

/** Every sealed column, and a statement that writes a value into one row of it. */
const SEALED_COLUMNS: [column: string, write: (value: string) => string][] = [
  ...['user.email_sealed', 'host.first_name_sealed', 'host.contact_sealed', 'home.address_sealed', 'home.entrance_sealed',
    'arrival.contact_sealed', 'arrival.note_sealed'].map((name): [string, (value: string) => string] => {
    const [table = '', column = ''] = name.split('.')
    return [name, into(table, column)]
  }),
  ['vetting_check.note_sealed', (value) => `insert into vetting_check (host_id, kind, by_user_id, done_on, expires_on, note_sealed)
    values ('$idle', 'VISIT', '$lead', current_date, current_date + 1, ${value})`],
  ['check_in.note_sealed', (value) => `insert into check_in (placement_id, side, due_at, note_sealed) values ('$stay', 'HOST', now(), ${value})`],
  ['incident.text_sealed', (value) => `insert into incident (home_id, text_sealed) select id, ${value} from home limit 1`],
]

/** Nearly sealed: the first is cut short by one sign, the next have a wrong one in each part. */
const MALFORMED = [
  `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(21)}`, `v1.aesgcm256.0123ABCD.${'A'.repeat(16)}.${'B'.repeat(24)}`,
  `v1.aesgcm256.0123abcd.${'A'.repeat(15)}+.${'B'.repeat(24)}`, `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(23)}/`,
  `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(24)}===`, `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(12)}=${'B'.repeat(12)}`,
  `v1.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(12)}.${'B'.repeat(12)}`, `v2.aesgcm256.0123abcd.${'A'.repeat(16)}.${'B'.repeat(24)}`,
  `v1.aesgcm256.0123abcd.${'A'.repeat(15)}.${'B'.repeat(24)}`, `v1.aesgcm256.0123abcd.${'A'.repeat(17)}.${'B'.repeat(24)}`, '',
]

/** Each breaks one statement and no other. `$stay` is a stay of guests who are there, `$asked` a proposal. */
const PLANTS: Plant[] = [
  ['I1', 'two holds of one room overlap', [
    'alter table hold drop constraint hold_room_free', 'alter table hold drop constraint hold_arrival_once',
    // trigger off, so that the free runs still say what is offered
    `update placement set room_id = (select room_id from placement where id = '$stay'), home_id = (select home_id from
      placement where id = '$stay'), host_id = (select host_id from placement where id = '$stay') where id = '$asked'`,
    `update hold set room_id = placement.room_id, sleeps = room.sleeps from placement join room on room.id = placement.room_id
      where hold.placement_id = '$asked' and placement.id = '$asked'`,
    `delete from free_run`,
    `insert into free_run select room.id, lower(run), upper(run), 'almaty', room.sleeps from room, free_runs_of(room.id) run`,
  ]],
  ['I1', 'hold outside the openings', ['alter table hold drop constraint hold_inside_opening',
    `delete from opening where room_id = (select room_id from placement where id = '$stay')`,
    'delete from free_run',
    `insert into free_run select room.id, lower(run), upper(run), 'almaty', room.sleeps from room, free_runs_of(room.id) run`]],
  ['I1', 'more guests than beds', ['alter table hold drop constraint hold_fits_beds',
    'alter table hold drop constraint hold_beds_of_room',
    `update room set sleeps = 1 where id = (select room_id from placement where id = '$stay')`,
    `update free_run set sleeps = room.sleeps from room where room.id = free_run.room_id`]],
  ['I1', 'free runs differ from openings minus holds', ['delete from free_run']],
  ['I1', 'free run with facts of another room', ['update free_run set sleeps = 50']],
  ['I2', 'two live plans for the same night', ['alter table hold drop constraint hold_arrival_once',
    `update placement set arrival_id = (select arrival_id from placement where id = '$stay') where id = '$asked'`,
    `update hold set arrival_id = (select arrival_id from placement where id = '$stay') where placement_id = '$asked'`,
    `update arrival set state = 'OPEN' where state = 'OFFERED'`]],
  ['I3', 'live without a hold', [`delete from hold where placement_id = '$asked'`, 'delete from free_run',
    `insert into free_run select room.id, lower(run), upper(run), 'almaty', room.sleeps from room, free_runs_of(room.id) run`]],
  ['I3', 'hold without a live placement', [
    `insert into hold (placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date)
     select id, plan_id, arrival_id, room_id, 3, guests, from_date, until_date from placement where id = '$declined'`,
    'delete from free_run',
    `insert into free_run select room.id, lower(run), upper(run), 'almaty', room.sleeps from room, free_runs_of(room.id) run`]],
  ['I3', 'hold differs from its placement', [`update hold set guests = guests - 1 where placement_id = '$stay'`]],
  ['I4', 'state differs from the placements', [`update arrival set state = 'OFFERED' where state = 'PLACED'`]],
  ['I4', 'a night without a bed for all of a party', [`update arrival set adults = adults + 1 where id = (select arrival_id from placement where id = '$stay')`]],
  ['I4', 'a night without a bed for all of a party', [`update arrival set children_ages = '{7}' where id = (select arrival_id from placement where id = '$asked')`]],
  ['I4', 'looks for the nights after no stay', [`update arrival set onward_until = from_date where id = (select arrival_id from placement where id = '$stay')`]],
  ['I4', 'needs nights that stand in no list', [`update arrival set broken_placement = true where state = 'PLACED'`]],
  ['I4', 'needs nights that stand in no list', ['update arrival set onward_from = null, onward_until = null, broken_placement = false where broken_placement']],
  ['I4', 'closed and still waiting, or over without a day', [`update arrival set closed_at = now() where state = 'OPEN'`]],
  ['I4', 'lost: no coordinator serves any of its cities', [`update arrival set city_ids = '{atlantis}' where state = 'OPEN'`]],
  ['I4', 'lost: no coordinator serves any of its cities', [`update "user" set disabled_at = now() where role <> 'HOST'`]],
  ['I4', 'lost: nobody can visit this host', [`update host set state = 'APPLIED' where id = '$idle'`, `update home set city_id = 'oral' where host_id = '$idle'`,
    `update free_run set city_id = 'oral' where room_id in (select room.id from room join home on home.id = home_id where host_id = '$idle')`]],
  ['I5', 'confirmed without a word to the guest', [`delete from message where kind = 'CONFIRMED_GUEST'`]],
  ['I5', 'confirmed without a word to the host', [`update message set to_side = 'GUEST' where kind = 'CONFIRMED_HOST'`]],
  ['I6', 'version is not the number of events', [`update placement set version = 9 where id = '$stay'`]],
  ['I6', 'state is not the last event', [`update placement_event set to_state = 'LAPSED' where placement_id = '$declined' and version = 2`]],
  ['I6', 'events with a gap', [`update placement_event set version = 9 where placement_id = '$stay' and version = 3`]],
  ['I6', 'illegal move', [`delete from legal_move where to_state = 'DECLINED'`]],
  ['I7', 'confirmed without three yeses', [`delete from yes where placement_id = '$stay' and side = 'GUEST'`]],
  ['I7', 'confirmed without a moment', ['delete from reveal', `update placement set confirmed_at = null where id = '$stay'`]],
  ['I7', 'confirmed without a second pair of eyes', [`delete from approval where placement_id = '$stay' and approver_id = '$lead'`]],
  ['I7', 'children without a second pair of eyes due', [`update placement set needs_second = false, children_ages = '{4}', adults = 1 where id = '$stay'`,
    `update arrival set children_ages = '{4}', adults = 1 where id = (select arrival_id from placement where id = '$stay')`]],
  ['I7', 'a woman alone without a second pair of eyes due', [`update placement set needs_second = false where id = '$stay'`,
    `delete from approval where placement_id = '$stay' and approver_id = '$lead'`,
    `update arrival set woman_alone = true, all_women = true where id = (select arrival_id from placement where id = '$stay')`]],
  ['I7', 'first guests of a host without a second pair of eyes due', [`update placement set needs_second = false where id = '$stay'`,
    `delete from approval where placement_id = '$stay' and approver_id = '$lead'`]],
  ...(['GUEST', 'COORDINATOR'] as const).map((side): Plant => ['I7', 'answered by its own host in the name of others', [
    `update yes set by_user_id = (select user_id from host join placement on host_id = host.id where placement.id = '$stay')
      where placement_id = '$stay' and side = '${side}'`]]),
  ['I7', 'approved by its own host', [`update host set user_id = '$lead' where id = (select host_id from placement where id = '$stay')`]],
  ['I8', 'asked of a paused host', [`update host set paused = true where id = (select host_id from placement where id = '$asked')`]],
  ['I8', 'asked of a home nobody has seen', [`update home set to_visit = true where id = (select home_id from placement where id = '$asked')`]],
  ['I8', 'against a wish for women among women', [`update arrival set women_only = true where id = (select arrival_id from placement where id = '$asked')`]],
  ['I8', 'host is not vetted', [`update host set state = 'BLOCKED' where id = (select host_id from placement where id = '$stay')`]],
  ['I8', 'host is not vetted', [`update host set state = 'APPLIED', vetted_until = current_date + 3 where id = (select host_id from placement where id = '$asked')`]],
  ['I8', 'vetted past the day the checks ran out', [`update host set vetted_until = current_date - 2`]],
  ['I8', 'room is out of service', [`update room set in_service = false where id = (select room_id from placement where id = '$asked')`]],
  ['I8', 'across a block', [`insert into block (host_id, arrival_id) select host_id, arrival_id from placement where id = '$stay'`]],
  ['I8', 'host of another home', [`update placement set host_id = (select host_id from placement where id = '$stay') where id = '$asked'`]],
  ['I9', 'revealed before the confirmation', [`update reveal set at = at - interval '1 day'`]],
  ['I9', 'revealed to somebody else', [`update reveal set to_side = 'COORDINATOR', user_id = '$stranger'`]],
  ['I9', 'host opened to nobody of the team', [`insert into reveal (host_id, to_side, field) values ('$idle', 'GUEST', 'ADDRESS')`]],
  ['I10', 'silence was not released', [`update plan set deadline = now() - interval '6 minutes' where id = (select plan_id from placement where id = '$asked')`]],
  ['I10', 'message is stuck', [`update message set created_at = now() - interval '16 minutes' where kind = 'ASK_HOST'`]],
  ['I11', 'gap in the sequence', [`update audit_link set place = place + 1000`, `update audit_head set place = place + 1000`,
    // the chain signed anew: only the gap is left
    `do $$ declare l audit_link; before bytea := sha256('qonaq'::bytea); begin
      for l in select * from audit_link order by place loop
        update audit_link set previous_hash = before, hash = audit_hash(before, place, at, actor, action, subject)
        from audit_event where audit_event.seq = l.seq and place = l.place returning hash into before; end loop;
      update audit_head set hash = before; end $$`]],
  ['I11', 'event is not tied to the one before', [
    `update audit_link set previous_hash = '\\x00', hash = audit_hash('\\x00', place, at, actor, action, subject)
      from audit_event where audit_event.seq = audit_link.seq and place = 2`]],
  ['I11', 'event was changed', [`update audit_event set actor = 'nobody' where seq = 2`]],
  ['I11', 'events are missing at the end', [`delete from audit_link where place = (select max(place) from audit_link)`]],
  ['I11', 'event outside the chain', [`insert into audit_event (at, actor, action, subject) values (now() - interval '6 minutes', 'test', 'host.changed', '{}')`]],
  ['I12', 'kept longer than promised', [
    `update arrival set state = 'CLOSED', closed_at = now() - interval '34 days' where state = 'OPEN'`]],
  ['I12', 'kept longer than promised', [
    `update arrival set from_date = from_date - 60, until_date = until_date - 50 where state = 'OPEN'`]],
  ['I12', 'erased and still telling', [`update arrival set erased_at = now() where state = 'OPEN'`]],
  ['I12', 'erased and still telling', [`update arrival set erased_at = now(), code = 'I0-' || right(code, 3), nickname = '—', contact_sealed = null where id = (select arrival_id
    from placement where id = '$declined')`, `update placement set reasons = '{"points": 1}' where id = '$declined'`]],
  ...SEALED_COLUMNS.flatMap(([column, write]): Plant[] => [
    ['I12', `${column} is not sealed`, [write(`'Abay 10'`)]], ['I12', `${column} has a key nobody knows`, [write(`'${FOREIGN}'`)]]]),
  ...MALFORMED.map((value): Plant => ['I12', 'home.address_sealed is not sealed', [`update home set address_sealed = '${value}'`]]),
]

const ids: Record<string, string> = {}
let client: Client

/** A stay its host ended early, with a later one agreed. */
async function breakRelay(coordinator: string, lead: string): Promise<void> {
  const world = smallWorld(await testDatabase())
  const [now, later] = [await world.home({ sleeps: [3] }), await world.home({ sleeps: [3] })]
  const { placementIds: [first = '', second = ''] = [] } = await world.propose(coordinator, await world.arrival({ adults: 1 }), [
    { roomId: now.roomId, adults: 1, from: 0, until: 10 }, { roomId: later.roomId, adults: 1, from: 10, until: 20 }])
  for (const placementId of [first, second]) await world.sayYes(placementId, 'HOST')
  await world.sayYes(first, 'GUEST')
  await world.secondYes(lead, first)
  await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), first])
  await world.release(first, 'DEPARTED', 'HOST', 'HOST_ENDED_EARLY')
}

async function buildWorld(): Promise<void> {
  const world = smallWorld(await testDatabase())
  const [coordinator, lead, stranger] = [
    await world.person('COORDINATOR', 'Aigul'), await world.person('LEAD', 'Marat'), await world.person('LEAD', 'Saule')]
  const [first, second] = [await world.home({ sleeps: [3] }), await world.home({ sleeps: [3] })]
  const proposed = async (roomId: string, nights: { from: number; until: number }) => {
    const answer = await world.propose(coordinator, await world.arrival({ adults: 2 }), [{ roomId, adults: 2, ...nights }])
    return answer.placementIds?.[0] ?? ''
  }
  const stay = await proposed(first.roomId, { from: 0, until: 10 })
  await world.sayYes(stay, 'HOST')
  await world.sayYes(stay, 'GUEST')
  await world.secondYes(lead, stay)
  await world.call(`record_arrived('test', $1, 'h', $2)`, [world.newKey(), stay])
  await world.call(`reveal_field('test', $1, 'GUEST', null, 'ADDRESS')`, [stay])
  await breakRelay(coordinator, lead)
  const declined = await proposed(second.roomId, { from: 50, until: 55 })
  await world.release(declined, 'DECLINED', 'HOST', 'ROOM_GONE')
  const asked = await proposed(second.roomId, { from: 0, until: 10 })
  const { hostId: idle } = await world.home({ sleeps: [1] })
  await client.query('select chain_audit(100000)')
  Object.assign(ids, { coordinator, lead, stranger, stay, declined, asked, idle })
}

async function found(): Promise<string[]> {
  const answers = await checkInvariants(client, ['0123abcd'])
  const all = answers.flatMap(({ invariant, violations }) => violations.map(({ what }) => `${invariant.id} ${what}`))
  return [...new Set(all)]
}

/** Breaks the world as a superuser, with triggers and foreign keys asleep, looks, and takes it back. */
async function plant(statements: string[]): Promise<string[]> {
  await client.query('begin')
  try {
    await client.query('set local session_replication_role = replica')
    for (const statement of statements) await client.query(statement.replace(/\$([a-z]+)/g, (_, name: string) => ids[name] ?? `$${name}`))
    return await found()
  } finally {
    await client.query('rollback')
  }
}

beforeAll(async () => {
  client = new Client({ connectionString: (await testDatabase()).connectionString })
  await client.connect()
  await buildWorld()
  return () => client.end()
})

it('finds nothing in a world made by the transitions alone', async () => {
  expect(await found()).toEqual([])
})

it('says of each invariant what it states', async () => {
  const all = await readInvariants()
  expect(all.map(({ id }) => id)).toEqual(Array.from({ length: 12 }, (_, index) => `I${index + 1}`))
  for (const { statement } of all) expect(statement).toMatch(/^[A-Z].+\.$/)
})

/** Every way a query may name what it found: its texts with a space in them, and for sealed values one for each column. */
function namesIn(query: string): string[] {
  const code = query.replaceAll(/--.*$/gm, '').replaceAll(/interval '[^']*'/g, '')
  const texts = Array.from(code.matchAll(/'([^']*)'/g), ([, text]) => text ?? '')
  const endings = texts.filter((text) => text.startsWith(' '))
  const columns = texts.filter((text) => text.endsWith('_sealed'))
  return [...texts.filter((text) => /^[a-z].* /.test(text)), ...columns.flatMap((column) => endings.map((ending) => column + ending))]
}

it('has a planted violation for everything an invariant may find', async () => {
  const named = (await readInvariants()).flatMap(({ id, query }) => namesIn(query).map((what) => `${id} ${what}`))
  const planted = new Set(PLANTS.map(([id, what]) => `${id} ${what}`))
  expect([...planted].sort()).toEqual([...new Set(named)].sort())
})

it('looks at every sealed column there is', async () => {
  const { rows } = await client.query<{ name: string }>(`select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and column_name like '%\\_sealed' order by 1`)
  expect(rows.map(({ name }) => name)).toEqual(SEALED_COLUMNS.map(([name]) => name).sort())
})

it('takes a value for sealed whatever its length and padding', async () => {
  const lengths = ['B'.repeat(22), `${'B'.repeat(22)}==`, `${'B'.repeat(23)}=`, 'B'.repeat(24), '_-'.repeat(4000)]
  for (const payload of lengths) {
    expect(await plant([`update home set address_sealed = 'v1.aesgcm256.0123abcd.${'_-aZ'.repeat(4)}.${payload}'`])).toEqual([])
  }
})

it.each(PLANTS)('%s sees: %s', async (id, what, statements) => {
  expect(await plant(statements)).toEqual([`${id} ${what}`])
})
