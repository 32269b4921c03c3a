import { lapsePlan, remindPlan } from '@/lib/placements/commands/clock'
import { propose, type PlanLeg } from '@/lib/placements/commands/propose'
import { proposeMany } from '@/lib/placements/commands/propose-many'
import { addDays, daysBetween, type Day } from '@/lib/time/day'
import type { Proposal } from '../journal'
import { attempt, dayIn, type Attempt, type Deed, type Hand } from './attempt'
import type { Guest } from './crowd'
import { favourite, rivalryOf, type FreeRoom } from './memory'

const HORIZON = 24

interface Seat {
  roomId: string
  from: Day
  until: Day
}

function leg({ roomId, from, until }: Seat, { adults, childrenAges }: Pick<Guest, 'adults' | 'childrenAges'>): PlanLeg {
  return { roomId, from, until, adults, childrenAges, reasons: { points: 1 } }
}

/** Some nights of a free run: tonight often, because only those guests can come; seldom far away. */
function nightsIn({ dice: { roll, once }, crowd }: Hand, { from, until }: { from: Day; until: Day }): { from: Day; until: Day } {
  const most = Math.max(1, Math.min(daysBetween(from, until), HORIZON))
  const start = once(2) || crowd.rush ? 0 : roll(most)
  const length = 1 + roll(Math.min(4, Math.max(1, most - start)))
  return { from: addDays(from, start), until: addDays(from, start + length) }
}

/** @param taken rooms that others of the same plan have. */
function roomFor({ dice: { pick, once }, memory, crowd }: Hand, guest: Guest, taken: readonly string[] = []): FreeRoom | null {
  const size = guest.adults + guest.childrenAges.length
  const fits = memory.free.filter((room) => room.cityId === guest.cityId && room.sleeps >= size && !taken.includes(room.roomId))
  if (fits.length === 0) return null
  return once(rivalryOf(crowd)) ? favourite(fits, ({ roomId, from }) => roomId + from) : pick(fits)
}

/** A room somebody believes to be free; now and then any room of the town. */
function singleLegs(hand: Hand, guest: Guest): PlanLeg[] | null {
  const { dice: { pick, roll, once }, crowd } = hand
  if (once(8)) {
    const { roomIds } = pick(crowd.homes.filter(({ cityId }) => cityId === guest.cityId))
    const from = dayIn(guest.cityId, roll(6))
    return [leg({ roomId: pick(roomIds), from, until: addDays(from, 1 + roll(4)) }, guest)]
  }
  const room = roomFor(hand, guest)
  return room && [leg({ roomId: room.roomId, ...nightsIn(hand, room) }, guest)]
}

/** Two rooms of one home for the same nights, one adult in the first; seldom of any two, which is mostly refused. */
function severalLegs(hand: Hand, guest: Guest): PlanLeg[] | null {
  const first = roomFor(hand, { ...guest, adults: 1, childrenAges: [] })
  if (guest.adults < 2 || !first) return null
  const others = hand.memory.free.filter(({ roomId, cityId }) => roomId !== first.roomId && cityId === guest.cityId)
  const near = others.filter(({ homeId }) => homeId === first.homeId)
  const [second] = hand.dice.once(12) ? others : near
  if (!second) return null
  const from = first.from > second.from ? first.from : second.from
  const nights = nightsIn(hand, { from, until: first.until > from ? first.until : addDays(from, 1) })
  const party = { adults: 1, childrenAges: [] }
  const rest = { adults: guest.adults - 1, childrenAges: guest.childrenAges }
  return [leg({ roomId: first.roomId, ...nights }, party), leg({ roomId: second.roomId, ...nights }, rest)]
}

/** One place after the other. */
function relayLegs(hand: Hand, guest: Guest): PlanLeg[] | null {
  const [first, second] = [roomFor(hand, guest), roomFor(hand, guest)]
  if (!first || !second) return null
  const nights = nightsIn(hand, first)
  return [leg({ roomId: first.roomId, ...nights }, guest),
    leg({ roomId: second.roomId, from: nights.until, until: addDays(nights.until, 1 + hand.dice.roll(3)) }, guest)]
}

/** A room for each of those who are placed together, for the same nights; where nobody is, there is no plan. */
function groupLegs(hand: Hand, guest: Guest): PlanLeg[] | null {
  const members = guest.groupId === null ? [] : hand.memory.guests.filter(({ groupId }) => groupId === guest.groupId)
  const housed: { member: Guest; room: FreeRoom }[] = []
  for (const member of members) {
    const room = roomFor(hand, member, housed.map((one) => one.room.roomId))
    if (room) housed.push({ member, room })
  }
  const [first] = housed
  if (first === undefined || housed.length < 2) return null
  const nights = nightsIn(hand, first.room)
  return housed.map(({ member, room }) => ({ ...leg({ roomId: room.roomId, ...nights }, member), arrivalId: member.arrivalId }))
}

const KINDS = { SINGLE: singleLegs, SEVERAL_ROOMS: severalLegs, RELAY: relayLegs, GROUP: groupLegs }

type Kind = keyof typeof KINDS
type WithLegs = Omit<Proposal, 'legs'> & { legs: PlanLeg[] }

/** One plan for somebody who waits; the journal keeps it without its reasons, which say nothing here. */
function planFor(hand: Hand, kind: Kind): WithLegs | null {
  const guest = kind === 'GROUP' ? hand.memory.grouped(hand.dice) : hand.memory.guest(hand.dice)
  const legs = guest && KINDS[kind](hand, guest)
  return guest && legs && { arrivalId: guest.arrivalId, kind, legs }
}

const withoutReasons = ({ legs, ...plan }: WithLegs): Proposal => ({ ...plan, legs: legs.map(({ reasons: _frozen, ...rest }) => rest) })

function remember({ memory }: Hand, { arrivalId, legs }: Proposal, { planId, placementIds }: { planId: string; placementIds: string[] }): void {
  const rooms = new Map(memory.crowd.homes.flatMap((home) => home.roomIds.map((roomId) => [roomId, home] as const)))
  // the database orders placements of a plan by first night and room
  const inOrder = [...legs].sort((one, other) => one.from.localeCompare(other.from) || one.roomId.localeCompare(other.roomId))
  for (const [index, id] of placementIds.entries()) {
    const [place, home] = [inOrder[index], rooms.get(inOrder[index]?.roomId ?? '')]
    if (!place || !home) continue
    memory.stays.set(id, {
      id, planId, arrivalId: place.arrivalId ?? arrivalId, ...home, from: place.from, until: place.until, state: 'PROPOSED', needsSecond: true,
      hostSaid: false, guestSaid: false, approvals: 1, asked: false, version: 1,
    })
    memory.free = memory.free.filter((run) => run.roomId !== place.roomId || run.until <= place.from || run.from >= place.until)
  }
}

function unlearn({ memory }: Hand, { arrivalId, legs }: WithLegs, reason: string): void {
  // which of a group is gone is not told
  if (reason === 'ARRIVAL_GONE') for (const id of new Set([arrivalId, ...legs.map((leg) => leg.arrivalId ?? arrivalId)])) memory.loseGuest(id, false)
  // a party that was spread over two homes says nothing of the rooms
  else if (reason !== 'ARRIVAL_TAKEN' && reason !== 'NOT_ONE_HOME') memory.free = memory.free.filter(({ roomId }) => roomId !== legs[0]?.roomId)
}

const proposing = (kind: Kind): Deed => (hand) => {
  const plan = planFor(hand, kind)
  return plan && attempt(hand, {
    operation: 'plan.propose', request: withoutReasons(plan), actor: hand.dice.pick(hand.crowd.staff),
    send: (by) => propose({ ...by, ...plan }),
    done: (made) => { remember(hand, plan, made) },
    refused: (reason) => { unlearn(hand, plan, reason) },
  })
}
export const proposeOne = proposing('SINGLE')
export const proposeSeveral = proposing('SEVERAL_ROOMS')
export const proposeRelay = proposing('RELAY')
export const proposeGroup = proposing('GROUP')

/** A round is approved: several plans of several people at once, rivals among them. */
export const proposeMost: Deed = (hand) => {
  const plans = Array.from({ length: 2 + hand.dice.roll(6) }, () => planFor(hand, hand.dice.pick(['SINGLE', 'SINGLE', 'SEVERAL_ROOMS', 'RELAY', 'GROUP'])))
  const proposals = plans.filter((plan) => plan !== null)
  if (proposals.length === 0) return null
  return attempt(hand, {
    operation: 'plan.propose-many', request: { proposals: proposals.map(withoutReasons) }, actor: hand.dice.pick(hand.crowd.staff),
    send: (by) => proposeMany({ ...by, proposals }),
    done: ({ outcomes }) => {
      for (const [index, outcome] of outcomes.entries()) {
        const plan = proposals[index]
        if (!plan) continue
        if (outcome.ok) remember(hand, plan, outcome)
        else unlearn(hand, plan, outcome.reason)
      }
    },
  })
}

/** What the clock does to a plan: no key, because twice is once. */
function byTheClock(operation: 'plan.lapse' | 'plan.remind', planId: string, send: Attempt['send']): Attempt {
  return { operation, request: { planId }, actor: 'system', key: '', send, learn: () => undefined }
}

/** Somebody's time runs out early. */
export const runOut: Deed = (hand) => {
  const found = hand.memory.stay(hand.dice, ({ state }) => state === 'PROPOSED')
  if (!found) return null
  const { planId } = found
  return {
    ...byTheClock('plan.lapse', planId, async () => {
      await hand.asOwner('update plan set deadline = now() where id = $1 and deadline > now()', [planId])
      await lapsePlan(planId)
      return { ok: true, value: null }
    }),
    learn: () => { hand.memory.ofPlan(planId, ({ id, state }) => { if (state === 'PROPOSED') hand.memory.stays.delete(id) }) },
  }
}

export const remind: Deed = (hand) => {
  const found = hand.memory.stay(hand.dice, ({ state }) => state === 'PROPOSED')
  if (!found) return null
  const { planId } = found
  return byTheClock('plan.remind', planId, async () => {
    await remindPlan(planId)
    return { ok: true, value: null }
  })
}
