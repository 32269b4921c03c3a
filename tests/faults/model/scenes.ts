import { addDays, type Day } from '@/lib/time/day'
import { hostIdOf, placementsWhere, type Known } from './look'
import type { Act, Acts } from './predict'
import { anyRoom, dayAhead, FURTHEST, legsFor, NOBODY, type Stage } from './stage'
import { FIRST_OFFSET_HOURS, LAST_OFFSET_HOURS, zoneAhead } from './town'
import { rowOf, type Arrival, type Placement, type PlacementState } from './world'

/** What people might do next in this world: mostly what makes sense there, now and then what does not. */

type Scene = (stage: Stage) => Act[]

const SELDOM = 8
const GROUPS_BEGIN = '01900001-0000-7000-8000-'

const staffOf = ({ town, dice }: Stage) => `user:${dice.some(town.staff) ?? NOBODY}`

/** Mostly a placement in one of these states, seldom any, and nobody's where there is none. */
function stayIn({ world, dice }: Stage, ...states: PlacementState[]): Known<Placement> | undefined {
  const fitting = placementsWhere(world, ({ state }) => states.includes(state))
  const other = dice.roll(SELDOM) === SELDOM - 1
  return dice.some(other || fitting.length === 0 ? placementsWhere(world, () => true) : fitting)
}

/** What may be done with a stay; where there is none yet, somebody proposes one, or asks for one that never was. */
function ofStay(stage: Stage, states: PlacementState[], act: (placementId: string, stay: Known<Placement> | undefined) => Act[]): Act[] {
  const stay = stayIn(stage, ...states)
  if (stay === undefined && stage.dice.roll(SELDOM) > 0) return [proposal(stage)]
  return act(stay?.id ?? NOBODY, stay)
}

/** The version a form shows: none from a link, mostly the right one, seldom one that is old. */
function versionOf({ dice }: Stage, stay: Known<Placement> | undefined): { version?: number } {
  const drawn = dice.roll(SELDOM)
  if (drawn < 4 || stay === undefined) return {}
  return { version: drawn === SELDOM - 1 ? stay.version - 1 : stay.version }
}

function guestWho({ world, dice }: Stage, states: readonly Arrival['state'][]): string {
  const ids = [...world.arrivals].filter(([, { state }]) => states.includes(state)).map(([id]) => id)
  const other = dice.roll(SELDOM) === SELDOM - 1
  return dice.some(other || ids.length === 0 ? [...world.arrivals.keys()] : ids) ?? NOBODY
}

const KINDS = { 1: 'SINGLE', 2: 'SEVERAL_ROOMS' } as const

function planFor(stage: Stage): Acts['plan.propose'] {
  const arrivalId = partedGuest(stage) ?? guestWho(stage, ['OPEN', 'OFFERED', 'PLACED'])
  const legs = legsFor(stage, arrivalId)
  return { arrivalId, kind: KINDS[legs.length as 1 | 2], legs, made: { planId: '', placementIds: [] } }
}

/** Seldom somebody whom a host has refused, or who has refused a host. */
function partedGuest({ world, dice }: Stage): string | undefined {
  const pair = dice.some([...world.refusals.keys()])
  return dice.roll(6) === 5 ? pair?.split(' ')[0] : undefined
}

/** Those who are in no group yet, most of them still waiting. */
function strangers({ world }: Stage): string[] {
  return [...world.arrivals].filter(([, { groupId, state }]) => groupId === null && state !== 'CLOSED' && state !== 'WITHDRAWN').map(([id]) => id)
}

/** Two who ask to be placed together. */
function formGroup(stage: Stage): Act[] {
  const { dice } = stage
  const first = dice.some(strangers(stage))
  const second = dice.some(strangers(stage).filter((id) => id !== first))
  if (first === undefined || second === undefined) return [proposal(stage)]
  // nobody is the first of two groups
  const groupId = `${GROUPS_BEGIN}${first.slice(GROUPS_BEGIN.length)}`
  return [{ operation: 'group.form', actor: staffOf(stage), request: { arrivalIds: [first, second], groupId } }]
}

/** Those of a group; now and then one of each of two, seldom some who belong to none. */
function groupMembers(stage: Stage): string[] {
  const { world, dice } = stage
  const groups = [...new Set([...world.arrivals.values()].flatMap((one) => one.groupId ?? []))]
  const of = (groupId: string | undefined) => [...world.arrivals].filter(([, one]) => one.groupId === groupId).map(([id]) => id)
  const drawn = dice.roll(SELDOM)
  if (drawn === SELDOM - 1) return strangers(stage).slice(0, 2)
  if (drawn > SELDOM / 2 && groups.length > 1) return groups.slice(0, 2).map((groupId) => of(groupId)[0] ?? NOBODY)
  return groups.length === 0 ? [] : of(dice.some(groups))
}

/** A plan for a whole group, each member in a room of its own. */
function groupPlan(stage: Stage): Acts['plan.propose'] | null {
  const members = groupMembers(stage)
  const [arrivalId] = members
  if (arrivalId === undefined) return null
  const legs = members.flatMap((id) => legsFor(stage, id).map((leg) => ({ ...leg, arrivalId: id })))
  return { arrivalId, kind: stage.dice.roll(SELDOM) === SELDOM - 1 ? 'SEVERAL_ROOMS' : 'GROUP', legs, made: { planId: '', placementIds: [] } }
}

function proposeGroup(stage: Stage): Act[] {
  const request = stage.dice.roll(3) === 2 ? null : groupPlan(stage)
  return request === null ? formGroup(stage) : [{ operation: 'plan.propose', actor: staffOf(stage), request }]
}

function proposal(stage: Stage): Act {
  return { operation: 'plan.propose', actor: staffOf(stage), request: planFor(stage) }
}

const ticket = (side: 'HOST' | 'GUEST', placementId: string) => `ticket:${side.toLowerCase()}:${placementId}`

function yesOf(side: 'HOST' | 'GUEST'): Scene {
  return (stage) => ofStay(stage, ['PROPOSED'], (placementId, stay) => {
    const byPhone = stage.dice.roll(4) === 3
    const request = { placementId, side, way: byPhone ? 'PHONE' as const : 'LINK' as const, ...versionOf(stage, stay) }
    return [{ operation: 'placement.yes', actor: byPhone ? staffOf(stage) : ticket(side, placementId), request }]
  })
}

function ending(states: PlacementState[], to: PlacementState, reasons: readonly [string, ...string[]]): Scene {
  return (stage) => ofStay(stage, states, (placementId, stay) => {
    const side = stage.dice.pick(['HOST', 'GUEST', 'COORDINATOR'] as const)
    const actor = side === 'COORDINATOR' ? staffOf(stage) : ticket(side, placementId)
    const request = { placementId, to, side, reason: stage.dice.pick(reasons), close: stage.dice.roll(4) === 3, ...versionOf(stage, stay) }
    return [{ operation: 'placement.release', actor, request }]
  })
}

function untilOf(stage: Stage, stay: Known<Placement> | undefined): Day {
  // two nights less to four more, so that most are a change
  return addDays(stay?.nights.until ?? dayAhead(stage, 1), stage.dice.pick([1, 2, 3, 4, 0, -1, -2] as const))
}

function askLonger(stage: Stage): Act[] {
  // often in the next room of somebody who has asked already
  const asked = placementsWhere(stage.world, ({ askedUntil }) => askedUntil !== null).map(({ planId }) => planId)
  const beside = stage.dice.some(placementsWhere(stage.world, ({ planId, askedUntil }) => askedUntil === null && asked.includes(planId)))
  if (beside !== undefined && stage.dice.roll(2) === 0) {
    return [{ operation: 'extension.ask', actor: ticket('GUEST', beside.id), request: { placementId: beside.id, until: untilOf(stage, beside) } }]
  }
  return ofStay(stage, ['CONFIRMED', 'ARRIVED'], (placementId, stay) => (
    [{ operation: 'extension.ask', actor: ticket('GUEST', placementId), request: { placementId, until: untilOf(stage, stay) } }]))
}

function homeOfHost({ world, dice }: Stage) {
  const [homeId, home] = dice.some([...world.homes]) ?? ['', undefined]
  return { homeId, hostId: home?.hostId ?? NOBODY }
}

function nightsOf(stage: Stage) {
  const from = stage.dice.roll(FURTHEST)
  return { from: dayAhead(stage, from), until: dayAhead(stage, from + 1 + stage.dice.roll(4)) }
}

function passNight({ world, town }: Stage): Act[] {
  const first = rowOf(town.world.cities, town.cityId).today
  const today = addDays(rowOf(world.cities, town.cityId).today, 1)
  for (let [day, hours] = [first, FIRST_OFFSET_HOURS]; hours <= LAST_OFFSET_HOURS; day = addDays(day, 1), hours += 24) {
    if (day === today) return [{ operation: 'night.passes', actor: 'clock', request: { cityId: town.cityId, today, zone: zoneAhead(hours) } }]
  }
  return []
}

function anyPlan({ world, dice }: Stage): string {
  return dice.some([...world.plans.keys()]) ?? NOBODY
}

function newcomer({ world, town, dice }: Stage): Act[] {
  const arrivalId = NOBODY.slice(0, -3) + String(world.arrivals.size).padStart(3, '0')
  const women = dice.roll(2) === 1
  const party = { adults: 1 + dice.roll(3), children: dice.roll(2), womanAlone: false, womenOnly: women, allWomen: women }
  return [{ operation: 'arrival.ask', actor: 'anonymous', request: { arrivalId, cityId: town.cityId, party } }]
}

/** What may be drawn, and how often beside the others. */
export const SCENES = {
  propose: [12, (stage) => [proposal(stage)]],
  'propose many': [2, (stage) => [{ operation: 'plan.propose-many', actor: staffOf(stage),
    request: { proposals: Array.from({ length: stage.dice.roll(4) }, () => (stage.dice.roll(4) === 3 ? groupPlan(stage) : null) ?? planFor(stage)) } }]],
  'form group': [2, formGroup],
  'propose group': [5, proposeGroup],
  'host yes': [8, yesOf('HOST')],
  'guest yes': [8, yesOf('GUEST')],
  'second yes': [8, (stage) => ofStay(stage, ['PROPOSED'], (placementId, stay) => (
    [{ operation: 'placement.second-yes', actor: staffOf(stage), request: { placementId, ...versionOf(stage, stay) } }]))],
  decline: [2, ending(['PROPOSED'], 'DECLINED', ['OTHER', 'ROOM_GONE', 'NOT_SAFE'])],
  cancel: [2, ending(['PROPOSED', 'CONFIRMED'], 'CANCELLED', ['OTHER', 'MOVED_ON', 'CONFLICT'])],
  'not arrived': [2, ending(['CONFIRMED'], 'NOT_ARRIVED', ['NO_SHOW'])],
  depart: [3, ending(['ARRIVED'], 'DEPARTED', ['PLANNED', 'HOST_ENDED_EARLY', 'CONFLICT'])],
  arrive: [5, (stage) => ofStay(stage, ['CONFIRMED'], (placementId, stay) => [{ operation: 'placement.arrived',
    actor: stage.dice.pick([staffOf(stage), ticket('GUEST', placementId), ticket('HOST', placementId)]), request: { placementId, ...versionOf(stage, stay) } }])],
  extend: [4, (stage) => ofStay(stage, ['CONFIRMED', 'ARRIVED'], (placementId, stay) => [{ operation: 'placement.extend', actor: staffOf(stage),
    request: { placementId, until: untilOf(stage, stay), hostAgreed: stage.dice.roll(4) < 3, ...versionOf(stage, stay) } }])],
  move: [4, (stage) => ofStay(stage, ['CONFIRMED'], (placementId, stay) => {
    const from = addDays(stay?.nights.from ?? dayAhead(stage, 0), stage.dice.pick([1, 2, 0, -1] as const))
    const request = { placementId, from, until: addDays(from, stage.dice.pick([2, 1, 3, 0] as const)), hostAgreed: stage.dice.roll(4) < 3, ...versionOf(stage, stay) }
    return [{ operation: 'placement.move', actor: staffOf(stage), request }]
  })],
  'ask longer': [4, askLonger],
  'answer longer': [4, (stage) => {
    const asked = stage.dice.some(placementsWhere(stage.world, ({ askedUntil }) => askedUntil !== null))
    if (asked === undefined && stage.dice.roll(SELDOM) > 0) return askLonger(stage)
    const placementId = asked?.id ?? NOBODY
    return [{ operation: 'extension.answer', actor: ticket('HOST', placementId), request: { placementId, agree: stage.dice.roll(3) < 2 } }]
  }],
  ask: [1, newcomer],
  withdraw: [1, (stage) => {
    const arrivalId = guestWho(stage, ['OFFERED', 'PLACED'])
    return [{ operation: 'arrival.withdraw', actor: `arrival:${arrivalId}`, request: { arrivalId, erase: stage.dice.roll(3) === 2 } }]
  }],
  reopen: [2, (stage) => [{ operation: 'arrival.reopen', actor: staffOf(stage), request: { arrivalId: guestWho(stage, ['CLOSED', 'WITHDRAWN']) } }]],
  pause: [2, (stage) => {
    const { hostId } = homeOfHost(stage)
    return [{ operation: 'host.pause', actor: 'user:host', request: { hostId, paused: stage.dice.roll(2) === 0 } }]
  }],
  'household seen': [1, (stage) => {
    const { hostId } = homeOfHost(stage)
    const womenOnlyHousehold = stage.dice.roll(2) === 1
    return [{ operation: 'host.seen', actor: 'test', request: { hostId, womenOnlyHousehold, womenOnlyGuests: womenOnlyHousehold && stage.dice.roll(2) === 1 } }]
  }],
  'vetting ends': [1, (stage) => [{ operation: 'host.expire', actor: 'system', request: { hostId: homeOfHost(stage).hostId } }]],
  address: [1, (stage) => {
    const { homeId, hostId } = homeOfHost(stage)
    return [{ operation: 'home.address', actor: 'user:host', request: { homeId, hostId, address: stage.dice.pick(['the flat', 'elsewhere'] as const) } }]
  }],
  visit: [1, (stage) => [{ operation: 'home.visited', actor: 'test', request: { homeId: homeOfHost(stage).homeId } }]],
  'change room': [3, (stage) => [{ operation: 'room.change', actor: 'user:host',
    request: { roomId: anyRoom(stage), sleeps: 1 + stage.dice.roll(3), inService: stage.dice.roll(3) < 2 } }]],
  'offer nights': [2, (stage) => [{ operation: 'opening.offer', actor: 'user:host', request: { roomId: anyRoom(stage), nights: nightsOf(stage) } }]],
  'close nights': [3, (stage) => [{ operation: 'opening.close', actor: 'user:host', request: { roomId: anyRoom(stage), nights: nightsOf(stage) } }]],
  'a night': [3, passNight],
  'run out': [2, (stage) => {
    const planId = anyPlan(stage)
    const lapse: Act = { operation: 'plan.lapse', actor: 'system', request: { planId } }
    const isDue = stage.dice.roll(3) < 2 && planId !== NOBODY
    return isDue ? [{ operation: 'deadline.passes', actor: 'clock', request: { planId } }, ...(stage.dice.roll(3) === 2 ? [] : [lapse])] : [lapse]
  }],
  remind: [1, (stage) => [{ operation: 'plan.remind', actor: 'system', request: { planId: anyPlan(stage) } }]],
  gate: [1, ({ world }) => [{ operation: 'approvals.turn', actor: 'system', request: { open: !world.approvalsOpen } }]],
  agree: [8, agree],
} satisfies Record<string, readonly [weight: number, Scene]>

/** All that a proposal still needs, in one scene: else a long row of lucky draws stands before every stay. */
function agree(stage: Stage): Act[] {
  const asked = placementsWhere(stage.world, ({ state }) => state === 'PROPOSED')
  const stay = stage.dice.some(asked)
  if (stay === undefined) return [proposal(stage)]
  const together = asked.filter(({ planId }) => planId === stay.planId)
  const lead = stage.town.staff.at(-1) ?? NOBODY
  const ofHosts = [...new Map(together.map((one) => [hostIdOf(stage.world, one), one])).values()]
  const ofParties = [...new Map(together.map((one) => [one.arrivalId, one])).values()]
  return [
    ...ofHosts.map(({ id }): Act => ({ operation: 'placement.yes', actor: ticket('HOST', id), request: { placementId: id, side: 'HOST', way: 'LINK' } })),
    ...ofParties.map(({ id }): Act => ({ operation: 'placement.yes', actor: ticket('GUEST', id), request: { placementId: id, side: 'GUEST', way: 'LINK' } })),
    { operation: 'placement.second-yes', actor: `user:${lead}`, request: { placementId: stay.id } },
  ]
}

export type SceneName = keyof typeof SCENES
export const SCENE_NAMES = Object.keys(SCENES) as SceneName[]

/** The acts of a drawn scene, in this world. */
export function actsOf(name: SceneName, stage: Stage): Act[] {
  const [, scene] = SCENES[name]
  return scene(stage)
}
