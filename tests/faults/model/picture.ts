import { freeRuns, homeIdOf, hostIdOf, isLive, placementsWhere } from './look'
import { rowOf, type Placement, type World } from './world'

/**
 * A world as sorted lines of text, one for each fact: what the model and the database must agree in. The database writes
 * the same lines with `PICTURE` below.
 */
export function pictureOf(world: World): string[] {
  return [
    ...placementLines(world), ...[...world.rooms.keys()].flatMap((id) => freeLines(world, id)),
    ...[...world.plans].map(([id, plan]) => `plan ${id} for ${plan.forWhom} by ${plan.proposedBy} until ${plan.deadline}`),
    ...[...world.arrivals].map(([id, { state, erased, groupId }]) => `arrival ${id} ${state} group ${groupId ?? '-'}${erased ? ', erased' : ''}`),
    ...[...world.hosts].map(([id, { state, paused }]) => `host ${id} ${state}${paused ? ', paused' : ''}`),
    ...[...world.homes].map(([id, { toVisit }]) => `home ${id} ${toVisit ? 'to visit' : 'seen'}`),
    ...[...world.rooms].map(([id, { sleeps, inService }]) => `room ${id} sleeps ${sleeps}${inService ? '' : ', out of service'}`),
    ...[...world.refusals].map(([pair, until]) => `refused ${pair} until ${until}`),
    ...[...world.blocks].map((pair) => `blocked ${pair}`),
  ].sort()
}

function placementLines(world: World): string[] {
  return placementsWhere(world, () => true).flatMap((one) => [
    placementLine(one.id, one), ...(isLive(one) ? [holdLine(world, one.id, one)] : []),
  ])
}

/** One placement as a line. */
export function placementLine(id: string, one: Placement): string {
  const nights = `${one.nights.from}..${one.nights.until}`
  return `placement ${id} ${one.state} version ${one.version} plan ${one.planId} arrival ${one.arrivalId} room ${one.roomId} ${nights}`
    + ` adults ${one.adults} children ${one.children} yes ${[...one.yeses].sort().join('+')} approved ${[...one.approvers].sort().join('+')}`
    + ` asks ${one.askedUntil ?? '-'}${one.needsSecond ? ', four eyes' : ''}`
}

function holdLine(world: World, id: string, one: Placement): string {
  const { sleeps } = rowOf(world.rooms, one.roomId)
  return `hold ${id} plan ${one.planId} arrival ${one.arrivalId} room ${one.roomId} ${one.nights.from}..${one.nights.until}`
    + ` guests ${one.adults + one.children} of ${sleeps} home ${homeIdOf(world, one)} host ${hostIdOf(world, one)}`
}

function freeLines(world: World, roomId: string): string[] {
  const { sleeps } = rowOf(world.rooms, roomId)
  return freeRuns(world, roomId).map(({ from, until }) => `free ${roomId} ${from}..${until} sleeps ${sleeps}`)
}

/** The same lines of some homes and arrivals, told by a condition each. */
export function pictureQuery({ homes, arrivals }: { homes: string; arrivals: string }): string {
  return `
with house as (select * from home where ${homes}),
  bed as (select room.* from room join house on house.id = room.home_id),
  guest as (select * from arrival where ${arrivals}),
  stay as (select placement.* from placement join bed on bed.id = placement.room_id)
select line from (
  select 'placement ' || id || ' ' || state || ' version ' || version || ' plan ' || plan_id || ' arrival ' || arrival_id || ' room ' || room_id
    || ' ' || from_date || '..' || until_date || ' adults ' || adults || ' children ' || cardinality(children_ages)
    || ' yes ' || (select coalesce(string_agg(side::text, '+' order by side::text), '') from yes where placement_id = stay.id)
    || ' approved ' || (select coalesce(string_agg(approver_id::text, '+' order by approver_id), '') from approval where placement_id = stay.id)
    || ' asks ' || coalesce((select until_date::text from extension where placement_id = stay.id and state = 'ASKED'), '-')
    || case when needs_second then ', four eyes' else '' end as line from stay
  union all
  select 'hold ' || placement_id || ' plan ' || hold.plan_id || ' arrival ' || hold.arrival_id || ' room ' || hold.room_id
    || ' ' || hold.from_date || '..' || hold.until_date || ' guests ' || hold.guests || ' of ' || hold.sleeps
    || ' home ' || stay.home_id || ' host ' || stay.host_id
  from hold join bed on bed.id = hold.room_id left join stay on stay.id = hold.placement_id
  union all
  select 'free ' || room_id || ' ' || from_date || '..' || until_date || ' sleeps ' || free_run.sleeps from free_run join bed on bed.id = room_id
  union all
  select 'plan ' || plan.id || ' for ' || coalesce(arrival_id, group_id) || ' by ' || proposed_by || ' until ' || round(extract(epoch from deadline) * 1000)
  from plan where id in (select plan_id from stay)
  union all
  select 'arrival ' || id || ' ' || state || ' group ' || coalesce(group_id::text, '-') || case when erased_at is null then '' else ', erased' end from guest
  union all
  select 'host ' || host.id || ' ' || state || case when paused then ', paused' else '' end
  from host where id in (select host_id from house)
  union all
  select 'home ' || id || ' ' || case when to_visit then 'to visit' else 'seen' end from house
  union all
  select 'room ' || id || ' sleeps ' || sleeps || case when in_service then '' else ', out of service' end from bed
  union all
  select 'refused ' || arrival_id || ' ' || home_id || ' until ' || max(refusal.until_date) from refusal join guest on guest.id = arrival_id
  group by arrival_id, home_id
  union all
  select 'blocked ' || host_id || ' ' || arrival_id from block join guest on guest.id = arrival_id
) lines order by line collate "C"`
}

/** Of the towns in $1. */
export const PICTURE = pictureQuery({ homes: 'city_id = any ($1::text[])', arrivals: 'city_ids[1] = any ($1::text[])' })

/** Lines that only one side has: `-` what the model expects and the database has not, `+` what it has beyond. */
export function differenceOf(expected: readonly string[], found: readonly string[]): string[] {
  const [wanted, had] = [new Set(expected), new Set(found)]
  return [...expected.filter((line) => !had.has(line)).map((line) => `- ${line}`), ...found.filter((line) => !wanted.has(line)).map((line) => `+ ${line}`)]
}
