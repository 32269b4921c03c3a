import type { ClientBase } from 'pg'
import type { Answer } from './answer'
import type { Act, Acts } from './predict'

/** What the database said. Beside the answer stand ids it gave, and whether it only repeated itself. */
export interface Said extends Answer {
  planId?: string
  placementIds?: string[]
  /** Of many proposals, each with the ids it was given. */
  plans?: Said[]
  replayed?: boolean
  /** A refusal that has written something, and is answered again as it was. */
  kept?: boolean
}

/** The key of a form and the hash of what was asked with it. */
export interface Form {
  key: string
  hash: string
}

/**
 * What the host's own forms do, and the one that puts requests together, in one round trip. The commands look before they write; here only the constraints stand
 * guard, for the openings and the beds: they are the last word (docs/adr/0005).
 */
export const HOST_ACTS = `
create function pg_temp.write_openings(p_room uuid, p_offer boolean, p_from date, p_until date) returns jsonb language plpgsql as $$
begin
  with gone as (delete from opening where room_id = p_room returning during),
    was as (select coalesce(range_agg(during), '{}') as runs from gone)
  insert into opening (room_id, from_date, until_date)
  select p_room, lower(run), upper(run) from was, unnest(
    case when p_offer then was.runs + datemultirange(daterange(p_from, p_until)) else was.runs - datemultirange(daterange(p_from, p_until)) end) run;
  return '{"code":"OK"}';
exception when foreign_key_violation then return '{"code":"NIGHTS_HELD"}';
end $$;
create function pg_temp.change_room(p_room uuid, p_sleeps int, p_in_service boolean) returns jsonb language plpgsql as $$
begin
  perform 1 from room where id = p_room for no key update;
  update room set sleeps = p_sleeps, in_service = p_in_service where id = p_room;
  if not p_in_service and exists (select 1 from hold where room_id = p_room) then raise exception using errcode = 'QN003'; end if;
  return '{"code":"OK"}';
exception
  when check_violation then return '{"code":"BEDS_HELD"}';
  when sqlstate 'QN003' then return '{"code":"ROOM_HELD"}';
end $$;
create function pg_temp.form_group(p_group uuid, p_members uuid[]) returns jsonb language plpgsql as $$
begin
  insert into arrival_group (id, organiser_arrival_id, together) values (p_group, p_members[1], 'SAME_CITY');
  update arrival set group_id = p_group where id = any (p_members);
  return '{"code":"OK"}';
end $$;
create function pg_temp.change_address(p_home uuid, p_host uuid, p_address text) returns jsonb language plpgsql as $$
declare code text := leave_address('user:host', p_host, p_home, p_address);
begin
  if code = 'OK' then update home set address_index = p_address, address_sealed = p_address where id = p_home; end if;
  return jsonb_build_object('code', code);
end $$;
create function pg_temp.see_household(p_host uuid, p_household boolean, p_guests boolean) returns jsonb language plpgsql as $$
begin
  perform lock_proposals(p_host);
  update host set women_only_household = p_household, women_only_guests = p_guests where id = p_host;
  return jsonb_build_object('code', 'OK', 'released', release_unfit('test', p_host));
end $$;`

type Statement = readonly [sql: string, ...values: unknown[]]
type Calls = { [Name in keyof Acts]: (request: Acts[Name], form: Form, actor: string) => Statement }

const OK = `'{"code":"OK"}'::jsonb`
/** Whoever proposes or approves in the model serves every town. */
const TOWNS = 'array(select id from city)'
const legsOf = ({ legs }: Pick<Acts['plan.propose'], 'legs'>) => legs.map((leg) => ({ ...leg, reasons: {} }))
/** A spoken code that follows from the id, and is hardly ever that of another. */
function codeOf(arrivalId: string): string {
  const word = (BigInt(`0x${arrivalId.replaceAll('-', '')}`) % 36n ** 5n).toString(36).toUpperCase().padStart(5, '0')
  return `${word.slice(0, 2)}-${word.slice(2)}`
}
const userIdOf = (actor: string) => (actor.startsWith('user:') ? actor.slice('user:'.length) : null)

const CALLS: Calls = {
  'plan.propose': (asked, { key, hash }, actor) => [`propose_plan($1, $2, $3, ${TOWNS}, $4, $5, $6)`, userIdOf(actor), key, hash, asked.arrivalId,
    asked.kind, JSON.stringify(legsOf(asked))],
  'plan.propose-many': ({ proposals }, { key, hash }, actor) => [`propose_many($1, $2, $3, ${TOWNS}, $4)`, userIdOf(actor), key, hash,
    JSON.stringify(proposals.map((one) => ({ arrivalId: one.arrivalId, kind: one.kind, legs: legsOf(one) })))],
  'placement.yes': (asked, { key, hash }, actor) => ['say_yes($1, $2, $3, $4, $5, $6, $7, $8)', actor, key, hash, asked.placementId,
    asked.side, userIdOf(actor), asked.way, asked.version],
  'placement.second-yes': (asked, { key, hash }, actor) => [`second_yes($1, $2, $3, ${TOWNS}, $4, $5)`, userIdOf(actor), key, hash,
    asked.placementId, asked.version],
  'placement.release': (asked, { key, hash }, actor) => ['release_placement($1, $2, $3, $4, $5, $6, $7, null, $8, $9)', actor, key, hash,
    asked.placementId, asked.to, asked.side, asked.reason, asked.close, asked.version],
  'placement.arrived': (asked, { key, hash }, actor) => ['record_arrived($1, $2, $3, $4, $5)', actor, key, hash, asked.placementId, asked.version],
  'placement.extend': (asked, { key, hash }, actor) => ['extend_placement($1, $2, $3, $4, $5, $6, $7)', actor, key, hash,
    asked.placementId, asked.until, asked.hostAgreed, asked.version],
  'placement.move': (asked, { key, hash }, actor) => ['move_stay($1, $2, $3, $4, $5, $6, $7, $8)', actor, key, hash,
    asked.placementId, asked.from, asked.until, asked.hostAgreed, asked.version],
  'extension.ask': (asked, { key, hash }, actor) => ['ask_extension($1, $2, $3, $4, $5)', actor, key, hash, asked.placementId, asked.until],
  'extension.answer': (asked, { key, hash }, actor) => ['answer_extension($1, $2, $3, $4, $5)', actor, key, hash, asked.placementId, asked.agree],
  'arrival.ask': ({ arrivalId, cityId, party }) => [`insert into arrival (id, code, nickname, city_ids, from_date, until_date, adults,
      children_ages, woman_alone, women_only, all_women)
    values ($1, $8, 'guest', array[$2], city_today($2), city_today($2) + 8, $3, $4, $5, $6, $7)
    returning ${OK}`, arrivalId, cityId, party.adults, Array.from({ length: party.children }, () => 4),
  party.womanAlone, party.womenOnly, party.allWomen, codeOf(arrivalId)],
  'arrival.withdraw': (asked, { key, hash }, actor) => ['withdraw_arrival($1, $2, $3, $4, $5)', actor, key, hash, asked.arrivalId, asked.erase],
  'arrival.reopen': (asked, { key, hash }, actor) => ['reopen_arrival($1, $2, $3, $4)', actor, key, hash, asked.arrivalId],
  'group.form': ({ arrivalIds, groupId }) => ['pg_temp.form_group($1, $2)', groupId, [...arrivalIds]],
  'host.pause': (asked, { key, hash }, actor) => ['pause_host($1, $2, $3, $4, $5)', actor, key, hash, asked.hostId, asked.paused],
  'host.seen': (asked) => ['pg_temp.see_household($1, $2, $3)', asked.hostId, asked.womenOnlyHousehold, asked.womenOnlyGuests],
  'host.expire': ({ hostId }) => [`(select ${OK} from expire_vetting($1))`, hostId],
  'home.address': ({ homeId, hostId, address }) => ['pg_temp.change_address($1, $2, $3)', homeId, hostId, address],
  'home.visited': ({ homeId }) => [`update home set to_visit = false where id = $1 returning ${OK}`, homeId],
  'room.change': ({ roomId, sleeps, inService }) => ['pg_temp.change_room($1, $2, $3)', roomId, sleeps, inService],
  'opening.offer': ({ roomId, nights }) => ['pg_temp.write_openings($1, true, $2, $3)', roomId, nights.from, nights.until],
  'opening.close': ({ roomId, nights }) => ['pg_temp.write_openings($1, false, $2, $3)', roomId, nights.from, nights.until],
  'plan.lapse': ({ planId }) => [`jsonb_build_object('code', 'OK', 'ended', lapse_plan($1))`, planId],
  'plan.remind': ({ planId }) => [`(select ${OK} from remind_plan($1))`, planId],
  'night.passes': ({ cityId, zone }) => [`update city set time_zone = $2 where id = $1 returning ${OK}`, cityId, zone],
  'deadline.passes': ({ planId }) => [`update plan set deadline = now() where id = $1 returning ${OK}`, planId],
  'approvals.turn': ({ open }) => [`update approval_gate set stopped_since = case when $1 then null else now() end,
    reasons = case when $1 then '{}'::text[] else '{I1}'::text[] end returning ${OK}`, open],
}

function statementOf<Name extends keyof Acts>(
  { operation, request, actor }: { operation: Name; request: Acts[Name]; actor: string }, form: Form,
): Statement {
  return CALLS[operation](request, form, actor)
}

/** The outcomes of many are told by their codes alone, as the model tells them; the ids stand beside. */
function saidOf({ outcomes, ...said }: Omit<Said, 'outcomes'> & { outcomes?: Said[] }): Said {
  return outcomes === undefined ? said : { ...said, outcomes: outcomes.map(({ code }) => code), plans: outcomes }
}

/** Does it in the database, in one round trip. An error that no function answers for is an answer too: nobody expects it. */
export async function perform(client: ClientBase, act: Act, form: Form): Promise<Said> {
  const [call, ...values] = statementOf(act, form)
  const sql = /^(insert|update) /.test(call) ? `${call} as answer` : `select ${call} as answer`
  try {
    const { rows: [row] } = await client.query<{ answer: Parameters<typeof saidOf>[0] }>({ text: sql, values, name: act.operation })
    return row === undefined ? { code: 'NOTHING' } : saidOf(row.answer)
  } catch (error) {
    const { code, message } = error as { code?: string; message: string }
    return { code: `ERROR ${code ?? ''} ${message}` }
  }
}
