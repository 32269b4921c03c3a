import type { ClientBase } from 'pg'

const ARRIVAL_OF = `
  select id from arrival where id::text = $1
  union all select arrival_id from placement where id::text = $1
  union all select arrival_id from hold where placement_id::text = $1 limit 1`

const ROWS = `
  select 'arrival ' || concat_ws(' ', state, from_date, until_date, 'onward', onward_from, onward_until, 'broken', broken_placement, 'version', version) as line
  from arrival where id = $1
  union all
  select * from (select concat_ws(' ', 'placement', right(placement.id::text, 6), 'plan', right(plan_id::text, 6), 'home', right(home_id::text, 6), from_date,
    until_date, state, ended_side, ended_reason, 'departed', departed_on, 'version', version) from placement where arrival_id = $1 order by created_at, id) stays
  union all
  select concat_ws(' ', 'extension of', right(placement_id::text, 6), extension.until_date, extension.state) from extension
    join placement on placement.id = placement_id where arrival_id = $1`

// ids are shortened: within one story six signs are enough
const EVENTS = `
  select concat_ws(' ', seq, left(actor, 12), action, regexp_replace(subject::text, '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{6}([0-9a-f]{6})', '\\2', 'g')) as line
  from audit_event where subject ->> 'arrival' = $1::text or subject ->> 'placement' in (select id::text from placement where arrival_id = $1::uuid)
    or subject ->> 'plan' in (select plan_id::text from placement where arrival_id = $1::uuid)
  order by seq`

/** Everything that happened to the arrival an id stands for, for whoever has to find out why a statement does not hold. */
export async function storyOf(client: ClientBase, id: string): Promise<string[]> {
  const { rows: [found] } = await client.query<{ id: string }>(ARRIVAL_OF, [id])
  if (found === undefined) return []
  const lines = []
  for (const question of [ROWS, EVENTS]) lines.push(...(await client.query<{ line: string }>(question, [found.id])).rows)
  return lines.map(({ line }) => line)
}
