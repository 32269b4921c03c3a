import type { PlacementState } from '@/lib/placements/schema'
import { isLive } from '@/lib/placements/rules'
import { addDays, dayInZone } from '@/lib/time/day'
import { ERLAN } from './people'
import type { Row } from './rows-of-world'
import { WAS_CONFIRMED, type SeedLeg, type SeedPlan } from './stays'

// Stays that are over cannot be played: the database refuses nights in the past. They are written as the functions would
// have written them, and the invariants judge the outcome.

const REFUSAL_DAYS = { DECLINED: 30, LAPSED: 3 } as const

/** The states a placement went through, in order. */
const PATHS: Readonly<Record<PlacementState, readonly PlacementState[]>> = {
  PROPOSED: ['PROPOSED'],
  CONFIRMED: ['PROPOSED', 'CONFIRMED'],
  ARRIVED: ['PROPOSED', 'CONFIRMED', 'ARRIVED'],
  DEPARTED: ['PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED'],
  DECLINED: ['PROPOSED', 'DECLINED'],
  LAPSED: ['PROPOSED', 'LAPSED'],
  CANCELLED: ['PROPOSED', 'CONFIRMED', 'CANCELLED'],
  NOT_ARRIVED: ['PROPOSED', 'CONFIRMED', 'NOT_ARRIVED'],
}

function userOf(id: string): string {
  return `user:${id}`
}

/** Who moved a placement there, as the trail names them. */
function actorOf({ proposedBy, host, arrival, end }: SeedPlan, state: PlacementState): string {
  if (state === 'LAPSED') return 'system'
  if (state === 'CONFIRMED') return `arrival:${arrival.id}`
  if (isLive(state) || end?.side === 'COORDINATOR') return userOf(proposedBy)
  return end?.side === 'GUEST' ? `arrival:${arrival.id}` : userOf(host.userId)
}

function momentOf({ times }: SeedPlan, state: PlacementState): Date | null {
  if (state === 'PROPOSED') return times.proposed
  if (state === 'CONFIRMED') return times.confirmed
  return state === 'ARRIVED' ? times.arrived : times.ended
}

/** The plan itself. */
export function planRow({ id, arrival, legs, proposedBy, times }: SeedPlan): Row {
  return {
    id, arrival_id: arrival.id, kind: legs.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE', proposed_by: proposedBy,
    deadline: times.deadline, created_at: times.proposed,
  }
}

function placementRow({ id: planId, arrival, host, nights, state, needsSecond, times, end }: SeedPlan, leg: SeedLeg): Row {
  return {
    id: leg.id, plan_id: planId, arrival_id: arrival.id, room_id: leg.room.id, home_id: host.home.id, host_id: host.id,
    from_date: nights.from, until_date: nights.until, adults: leg.adults, children_ages: leg.childrenAges, state,
    needs_second: needsSecond, version: PATHS[state].length, reasons: leg.reasons, created_at: times.proposed,
    arrived_on: times.arrived && nights.from, departed_on: state === 'DEPARTED' ? nights.until : null,
    ended_side: end?.side ?? null, ended_reason: end?.reason ?? null, ended_to: end?.to ?? null, confirmed_at: times.confirmed,
  }
}

function holdRows({ id: planId, arrival, nights, state }: SeedPlan, { id, room, adults, childrenAges }: SeedLeg): Row[] {
  if (!isLive(state)) return []
  return [{
    placement_id: id, plan_id: planId, arrival_id: arrival.id, room_id: room.id, sleeps: room.sleeps,
    guests: adults + childrenAges.length, from_date: nights.from, until_date: nights.until,
  }]
}

function eventRows(plan: SeedPlan, { id }: SeedLeg): Row[] {
  const path = PATHS[plan.state]
  return path.map((state, index) => ({
    placement_id: id, version: index + 1, from_state: path[index - 1] ?? null, to_state: state, actor: actorOf(plan, state),
    reason: isLive(state) ? null : (plan.end?.reason ?? null), at: momentOf(plan, state),
  }))
}

function yesRows({ times, proposedBy, host }: SeedPlan, { id }: SeedLeg): Row[] {
  return [
    { placement_id: id, side: 'COORDINATOR', by_user_id: proposedBy, way: 'DESK', at: times.proposed },
    { placement_id: id, side: 'HOST', by_user_id: host.userId, way: 'LINK', at: times.hostYes },
    { placement_id: id, side: 'GUEST', by_user_id: null, way: 'LINK', at: times.guestYes },
  ].filter(({ at }) => at !== null)
}

function approvalRows({ proposedBy, needsSecond, state, times }: SeedPlan, { id }: SeedLeg): Row[] {
  const first = { placement_id: id, approver_id: proposedBy, at: times.proposed }
  const second = needsSecond && WAS_CONFIRMED.includes(state)
  return second ? [first, { placement_id: id, approver_id: ERLAN.id, at: times.second }] : [first]
}

function refusalRows({ arrival, host, state, end, times }: SeedPlan): Row[] {
  if ((state !== 'DECLINED' && state !== 'LAPSED') || end === null || times.ended === null) return []
  const day = dayInZone(times.ended, 'UTC')
  return [{
    arrival_id: arrival.id, home_id: host.home.id, side: end.side, reason: end.reason, at: times.ended,
    until_date: addDays(day, REFUSAL_DAYS[state]),
  }]
}

// a guest who came in has seen the address
function revealRows({ times }: SeedPlan, { id }: SeedLeg): Row[] {
  return times.arrived === null ? [] : [{ placement_id: id, to_side: 'GUEST', field: 'ADDRESS', at: times.arrived }]
}

function lettersOf({ state, end }: SeedPlan): readonly (readonly [kind: string, side: 'HOST' | 'GUEST', of: PlacementState])[] {
  const asked = [['ASK_HOST', 'HOST', 'PROPOSED'], ['ASK_GUEST', 'GUEST', 'PROPOSED']] as const
  const confirmed = [['CONFIRMED_HOST', 'HOST', 'CONFIRMED'], ['CONFIRMED_GUEST', 'GUEST', 'CONFIRMED']] as const
  const lapsed = [['LAPSED_HOST', 'HOST', state], ['LAPSED_GUEST', 'GUEST', state]] as const
  const ended = [['ENDED_HOST', 'HOST', state], ['ENDED_GUEST', 'GUEST', state]] as const
  return [
    ...asked, ...(WAS_CONFIRMED.includes(state) ? confirmed : []), ...(state === 'LAPSED' ? lapsed : []),
    ...(isLive(state) || state === 'LAPSED' ? [] : ended.filter(([, side]) => side !== end?.side)),
  ]
}

function messageRows(plan: SeedPlan): Row[] {
  const { arrival, host, legs } = plan
  // a letter about several rooms of a home speaks of the first; the confirmation is one for each
  return lettersOf(plan).flatMap(([kind, side, of]) => legs.slice(0, of === 'CONFIRMED' ? legs.length : 1).map(({ id }) => ({
    kind, to_side: side, placement_id: id, arrival_id: arrival.id, host_id: side === 'HOST' ? host.id : null,
    created_at: momentOf(plan, of), delivered_at: momentOf(plan, of), attempts: 1,
  })))
}

function auditOf(plan: SeedPlan): Row[] {
  const { id, arrival, legs, state } = plan
  const [first] = legs
  const over = { placement: first?.id, side: plan.end?.side, reason: plan.end?.reason }
  const proposed = {
    at: plan.times.proposed, actor: userOf(plan.proposedBy), action: 'plan.proposed',
    subject: { plan: id, arrival: arrival.id, placements: legs.map((leg) => leg.id) },
  }
  if (state === 'PROPOSED' || state === 'CONFIRMED') return [proposed]
  const action = `placement.${state.toLowerCase().replace('_', '-')}`
  return [proposed, { at: momentOf(plan, state), actor: actorOf(plan, state), action, subject: over }]
}

/** Rows of a plan by table, in the order the tables want them; `audit` is no table but a chain. */
export function rowsOfPlan(plan: SeedPlan): Readonly<Record<string, Row[]>> {
  const each = (rows: (plan: SeedPlan, leg: SeedLeg) => Row[]) => plan.legs.flatMap((leg) => rows(plan, leg))
  return {
    plan: [planRow(plan)],
    placement: plan.legs.map((leg) => placementRow(plan, leg)),
    hold: each(holdRows), placement_event: each(eventRows), yes: each(yesRows), approval: each(approvalRows),
    refusal: refusalRows(plan), reveal: each(revealRows), message: messageRows(plan), audit: auditOf(plan),
  }
}
