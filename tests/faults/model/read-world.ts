import type { ClientBase } from 'pg'
import type { WorldRows } from './world'

/** The rows of the towns in $1 as the model writes them. */
const WORLD = `
with town as (select * from city where id = any ($1::text[])),
  house as (select * from home where city_id in (select id from town)),
  bed as (select * from room where home_id in (select id from house)),
  guest as (select * from arrival where city_ids[1] in (select id from town)),
  stay as (select placement.*, hold.stretched_from, hold.stretched_by from placement left join hold on hold.placement_id = id
    where placement.room_id in (select id from bed))
select json_build_object(
  'seq', (select coalesce(max(seq), 0) from audit_event), 'now', round(extract(epoch from now()) * 1000), 'approvalsOpen', approvals_open(), 'stretches', 0,
  'cities', (select json_object_agg(id, json_build_object('today', city_today(id)::text, 'clockMinutes', clock_minutes)) from town),
  'users', (select json_object_agg(id, json_build_object('role', role, 'disabled', disabled_at is not null)) from "user"),
  'hosts', (select coalesce(json_object_agg(id, json_build_object('userId', user_id, 'state', state, 'paused', paused,
    'vettedUntil', vetted_until::text, 'womenOnlyHousehold', women_only_household, 'womenOnlyGuests', women_only_guests,
    'hasPlaced', exists (select 1 from placement where host_id = host.id and confirmed_at is not null))), '{}')
    from host where id in (select host_id from house)),
  'homes', (select coalesce(json_object_agg(id, json_build_object('hostId', host_id, 'cityId', city_id, 'toVisit', to_visit,
    'address', coalesce(address_index, address_sealed))), '{}') from house),
  'rooms', (select coalesce(json_object_agg(id, json_build_object('homeId', home_id, 'sleeps', sleeps, 'inService', in_service,
    'version', version, 'openings', (select coalesce(json_agg(json_build_object('from', from_date::text, 'until', until_date::text)
      order by from_date), '[]') from opening where room_id = bed.id))), '{}') from bed),
  'arrivals', (select coalesce(json_object_agg(id, json_build_object('cityId', city_ids[1], 'state', state, 'adults', adults,
    'children', cardinality(children_ages), 'womanAlone', woman_alone, 'womenOnly', women_only, 'allWomen', all_women,
    'erased', erased_at is not null, 'groupId', group_id)), '{}') from guest),
  'plans', (select coalesce(json_object_agg(id, json_build_object('forWhom', coalesce(arrival_id, group_id), 'proposedBy', proposed_by,
    'deadline', round(extract(epoch from deadline) * 1000))), '{}') from plan where id in (select plan_id from stay)),
  'placements', (select coalesce(json_object_agg(id, json_build_object('planId', plan_id, 'arrivalId', arrival_id, 'roomId', room_id,
    'nights', json_build_object('from', from_date::text, 'until', until_date::text), 'adults', adults,
    'children', cardinality(children_ages), 'state', state, 'version', version, 'needsSecond', needs_second,
    'yeses', (select coalesce(json_agg(side), '[]') from yes where placement_id = stay.id),
    'approvers', (select coalesce(json_agg(approver_id), '[]') from approval where placement_id = stay.id),
    'askedUntil', (select until_date::text from extension where placement_id = stay.id and state = 'ASKED'),
    'stretched', case when stretched_from is not null
      then json_build_object('from', stretched_from::text, 'by', stretched_by, 'order', 0) end)), '{}') from stay),
  'refusals', (select coalesce(json_object_agg(pair, until_date), '{}') from (
    select arrival_id || ' ' || home_id as pair, max(until_date)::text as until_date from refusal
    where arrival_id in (select id from guest) group by 1) remembered),
  'blocks', (select coalesce(json_agg(host_id || ' ' || arrival_id), '[]') from block where arrival_id in (select id from guest))
) as world`

/** The world of some towns, as it stands in the database now. */
export async function readWorld(client: ClientBase, cityIds: readonly string[]): Promise<WorldRows> {
  const { rows: [found] } = await client.query<{ world: WorldRows }>(WORLD, [cityIds])
  if (found === undefined) throw new Error('the database answered no world')
  return found.world
}
