import type { Client } from 'pg'

/** A transition with one thing wrong: what stands in it, and what is put there instead. */
export interface Mutant {
  name: string
  function: string
  instead: readonly [of: string, put: string]
}

/** The model must notice each of these, or it proves nothing. */
export const MUTANTS: readonly Mutant[] = [
  { name: 'a vetting counts until the clock strikes', function: 'proposals_refused', instead: ['or fact.vetted_until <= fact.today', ''] },
  { name: 'a host who pauses is asked all the same', function: 'proposals_refused', instead: ['when fact.paused', 'when false'] },
  { name: 'nobody looks whether the home was seen', function: 'proposals_refused', instead: ['when fact.to_visit', 'when false'] },
  { name: 'a no is forgotten the day it is said', function: 'proposals_refused', instead: ['refusal.until_date > fact.today', 'false'] },
  { name: 'a lead\'s eyes are two of four', function: 'confirm_when_complete', instead: ['< 2', '< 1'] },
  { name: 'a yes counts after the clock ran out', function: 'say_yes', instead: ['deadline <= now()', 'false'] },
  { name: 'a host answers for other homes too', function: 'answered_together', instead: ['other.home_id = this.home_id', 'true'] },
  { name: 'a guest answers for a whole group', function: 'answered_together', instead: ['other.arrival_id = this.arrival_id', 'true'] },
  { name: 'who belongs to no group has a plan of one', function: 'proposals_refused', instead: ['fact.kind = \'GROUP\' and fact.group_id is null', 'false'] },
  { name: 'parties of two groups stand in one plan', function: 'proposals_refused', instead: ['other.group_id is distinct from one.group_id', 'false'] },
  { name: 'a party is spread over two homes', function: 'proposals_refused', instead: ['other.home_id <> one.home_id', 'false'] },
  { name: 'a quarrel parts nobody', function: 'parts_for_good', instead: ['p_reason in', 'p_reason not in'] },
  { name: 'a no-show is written down on the first evening', function: 'is_first_day_over', instead: ['placement.from_date <', 'placement.from_date <='] },
  { name: 'guests may be noted as there a day too early', function: 'record_arrived', instead: [') + 1 then', ') + 2 then'] },
  { name: 'a longer stay takes nights that are not offered', function: 'stretch_one', instead: ['until_date >= p_until', 'until_date >= stay.until_date'] },
  { name: 'a pause keeps what is only asked', function: 'pause_host', instead: ['if not p_paused then', 'if p_paused then'] },
  { name: 'a vetting ends before its day, and never on it', function: 'is_vetting_over', instead: ['p_host.vetted_until <=', 'p_host.vetted_until >'] },
  { name: 'a key is good for any request', function: 'begin_once', instead: ['stored.request_hash <> p_hash', 'false'] },
  { name: 'nights that are given back stay taken', function: 'free_runs_follow', instead: ['tg_op <> \'INSERT\'', 'tg_op = \'UPDATE\''] },
  { name: 'silence of a coordinator is held against the pair', function: 'end_one', instead: ['p_side <> \'COORDINATOR\'', 'true'] },
]

async function definitionOf(client: Client, name: string): Promise<string> {
  const { rows: [row] } = await client.query<{ text: string }>(
    `select pg_get_functiondef(oid) as text from pg_proc where proname = $1 and pronamespace = 'public'::regnamespace`, [name])
  if (row === undefined) throw new Error(`no function ${name}`)
  return row.text
}

/**
 * Puts the mutant into the database, does the work, and takes it out again.
 *
 * @throws Error when there is nothing to replace: a mutant that changes nothing would never be caught.
 */
export async function withMutant<T>(client: Client, mutant: Mutant, work: () => Promise<T>): Promise<T> {
  const [of, put] = mutant.instead
  const sound = await definitionOf(client, mutant.function)
  if (!sound.includes(of)) throw new Error(`${mutant.function} has no "${of}"`)
  await client.query(sound.replaceAll(of, put))
  try {
    return await work()
  } finally {
    await client.query(sound)
  }
}
