import type { Client } from 'pg'

/** What keeps a night from being promised twice, besides the locks. Keys that only find rows stay. */
const CONSTRAINTS: readonly [table: string, constraint: string][] = [
  ['hold', 'hold_room_free'], ['hold', 'hold_arrival_once'], ['hold', 'hold_inside_opening'], ['hold', 'hold_fits_beds'],
  ['hold', 'hold_beds_of_room'], ['hold', 'hold_pkey'], ['yes', 'yes_once'], ['approval', 'approval_once'],
  ['placement_event', 'placement_event_pkey'], ['block', 'block_once'], ['free_run', 'free_run_pkey'], ['audit_link', 'audit_link_pkey'],
]
const INDEXES = ['extension_one_open']
const ROW_LOCK = /\s+for (?:no key update|update|share|key share)\b(?: of \w+)?(?: nowait| skip locked)?/gi

/** What a program takes that looks with one question and writes with another, over a network. */
const THINKING = `
  create function think() returns trigger language plpgsql as $$ begin perform pg_sleep(0.06); return null; end $$;
  create trigger think before insert on hold for each statement execute function think();
  create trigger think before insert on placement_event for each statement execute function think();`

/**
 * Takes row locks and constraints away from a scratch database: functions stay as they are but for the words that lock.
 * Look first and write then, as most programs do it, with the pause between the two that they have.
 *
 * @returns how many functions locked rows before.
 */
export async function makeNaive(client: Client): Promise<number> {
  const { rows } = await client.query<{ source: string }>(`
    select pg_get_functiondef(p.oid) as source from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang
    where n.nspname = 'public' and p.prokind = 'f' and l.lanname in ('plpgsql', 'sql')`)
  const locking = rows.map(({ source }) => source).filter((source) => source.search(ROW_LOCK) >= 0)
  for (const source of locking) await client.query(source.replaceAll(ROW_LOCK, ''))
  for (const [table, constraint] of CONSTRAINTS) await client.query(`alter table ${table} drop constraint ${constraint}`)
  for (const index of INDEXES) await client.query(`drop index ${index}`)
  await client.query(THINKING)
  return locking.length
}
