import type { Actor } from '@/lib/auth/rules'
import { release } from '@/lib/placements/commands/release'
import { answerExtension, askExtension, extend, moveStay, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { revealAddress } from '@/lib/privacy/reveal'
import { addDays, daysBetween } from '@/lib/time/day'
import { attempt, dayIn, type Deed, type Hand } from './attempt'
import type { Stay } from './memory'

const ticket = ({ id }: Stay, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId: id, side }) as const
const leads = ({ crowd: { staff } }: Hand) => staff.filter(({ role }) => role === 'LEAD')
/** What is live no more is forgotten; what was refused for another reason may still go. */
const GONE = new Set(['NOT_OPEN', 'NOT_FOUND', 'LAPSED'])

function onStay(fits: (stay: Stay) => boolean, deed: (hand: Hand, stay: Stay) => ReturnType<typeof attempt>): Deed {
  return (hand) => {
    const stay = hand.memory.stay(hand.dice, fits)
    return stay && deed(hand, stay)
  }
}

const forget = ({ memory }: Hand, { id }: Stay) => (reason: string) => { if (GONE.has(reason)) memory.stays.delete(id) }

function confirmed({ memory }: Hand, { planId }: Stay): void {
  memory.ofPlan(planId, (other) => {
    if (other.hostSaid && other.guestSaid) other.state = 'CONFIRMED'
  })
}

export const hostYes = onStay(({ state, hostSaid }) => state === 'PROPOSED' && !hostSaid, (hand, stay) => {
  const request = { placementId: stay.id, side: 'HOST', way: hand.dice.once(4) ? 'PHONE' : 'LINK' } as const
  const actor: Actor = request.way === 'PHONE' ? hand.dice.pick(hand.crowd.staff) : ticket(stay, 'HOST')
  return attempt(hand, {
    operation: 'placement.yes', request, actor, send: (by) => sayYes({ ...by, ...request }), refused: forget(hand, stay),
    done: (value) => {
      hand.memory.ofPlan(stay.planId, (other) => { if (other.homeId === stay.homeId) other.hostSaid = true })
      if (value.confirmed) confirmed(hand, stay)
    },
  })
})

export const guestYes = onStay(({ state, guestSaid }) => state === 'PROPOSED' && !guestSaid, (hand, stay) => {
  const request = { placementId: stay.id, side: 'GUEST', way: 'LINK' } as const
  return attempt(hand, {
    operation: 'placement.yes', request, actor: ticket(stay, 'GUEST'), send: (by) => sayYes({ ...by, ...request }), refused: forget(hand, stay),
    done: (value) => {
      hand.memory.ofPlan(stay.planId, (other) => { if (other.arrivalId === stay.arrivalId) other.guestSaid = true })
      if (value.confirmed) confirmed(hand, stay)
    },
  })
})

export const leadYes = onStay(({ state, needsSecond, approvals }) => state === 'PROPOSED' && needsSecond && approvals < 2, (hand, stay) => {
  const request = { placementId: stay.id }
  return attempt(hand, {
    operation: 'placement.second-yes', request, actor: hand.dice.pick(leads(hand)), send: (by) => secondYes({ ...by, ...request }), refused: forget(hand, stay),
    done: (value) => {
      hand.memory.ofPlan(stay.planId, (other) => { other.approvals += 1 })
      if (value.confirmed) confirmed(hand, stay)
    },
  })
})

type Ending = Parameters<typeof release>[0]
type How = Pick<Ending, 'to' | 'side' | 'reason'> & { by: 'HOST' | 'GUEST' | 'STAFF' }

function ending(fits: (stay: Stay) => boolean, how: (hand: Hand, stay: Stay) => How): Deed {
  return onStay(fits, (hand, stay) => {
    const { by: who, ...end } = how(hand, stay)
    // hosts say that it is over, not what their guests need
    const request = { placementId: stay.id, close: who !== 'HOST' && hand.dice.once(6), ...end }
    const actor: Actor = who === 'STAFF' ? hand.dice.pick(hand.crowd.staff) : ticket(stay, who)
    return attempt(hand, {
      operation: 'placement.release', request, actor, send: (by) => release({ ...by, ...request }), refused: forget(hand, stay),
      done: () => { hand.memory.stays.delete(stay.id) },
    })
  })
}

const proposed = ({ state }: Stay) => state === 'PROPOSED'
const agreed = ({ state }: Stay) => state === 'CONFIRMED'
const there = ({ state }: Stay) => state === 'ARRIVED'
const anyLive = () => true

export const hostNo = ending(proposed, () => ({ to: 'DECLINED', side: 'HOST', reason: 'OTHER', by: 'HOST' }))
export const guestNo = ending(proposed, () => ({ to: 'DECLINED', side: 'GUEST', reason: 'OTHER', by: 'GUEST' }))
export const cancel = ending((stay) => proposed(stay) || agreed(stay), ({ dice }) => (
  { to: 'CANCELLED', side: dice.pick(['GUEST', 'HOST', 'COORDINATOR']), reason: 'OTHER', by: 'STAFF' }))
export const noShow = ending(agreed, () => ({ to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW', by: 'STAFF' }))
export const depart = ending(there, ({ dice }) => (
  dice.once(4) ? { to: 'DEPARTED', side: 'HOST', reason: 'HOST_ENDED_EARLY', by: 'HOST' } : { to: 'DEPARTED', side: 'GUEST', reason: 'PLANNED', by: 'STAFF' }))
/** A quarrel parts the two for good. */
export const quarrel = ending(anyLive, ({ dice }, { state }) => ({
  to: state === 'ARRIVED' ? 'DEPARTED' : 'CANCELLED', side: dice.pick(['HOST', 'GUEST']), reason: dice.pick(['CONFLICT', 'SAFETY']), by: 'STAFF' }))

const comesSoon = (stay: Stay) => agreed(stay) && stay.from <= dayIn(stay.cityId, 1)
export const arrive = onStay(comesSoon, (hand, stay) => {
  const request = { placementId: stay.id }
  const actor: Actor = hand.dice.once(3) ? ticket(stay, 'GUEST') : hand.dice.pick(hand.crowd.staff)
  return attempt(hand, {
    operation: 'placement.arrived', request, actor, send: (by) => recordArrived({ ...by, ...request }), refused: forget(hand, stay),
    done: () => { stay.state = 'ARRIVED' },
  })
})

const lasting = (stay: Stay) => agreed(stay) || there(stay)
const otherMorning = ({ dice: { roll, once } }: Hand, { until }: Stay) => addDays(until, once(3) ? -1 - roll(2) : 1 + roll(3))

export const lengthen = onStay(lasting, (hand, stay) => {
  const request = { placementId: stay.id, until: otherMorning(hand, stay), hostAgreed: !hand.dice.once(6) }
  return attempt(hand, {
    operation: 'placement.extend', request, actor: hand.dice.pick(hand.crowd.staff), send: (by) => extend({ ...by, ...request }), refused: forget(hand, stay),
    done: () => { stay.until = request.until },
  })
})

export const move = onStay(agreed, (hand, stay) => {
  const from = addDays(stay.from, hand.dice.roll(5) - 2)
  const until = addDays(from, Math.max(1, daysBetween(stay.from, stay.until) + hand.dice.roll(3) - 1))
  const request = { placementId: stay.id, from, until, hostAgreed: !hand.dice.once(6) }
  return attempt(hand, {
    operation: 'placement.move', request, actor: hand.dice.pick(hand.crowd.staff), send: (by) => moveStay({ ...by, ...request }), refused: forget(hand, stay),
    done: () => { Object.assign(stay, { from, until }) },
  })
})

export const askLonger = onStay((stay) => lasting(stay) && !stay.asked, (hand, stay) => {
  const request = { placementId: stay.id, until: addDays(stay.until, 1 + hand.dice.roll(3)) }
  return attempt(hand, {
    operation: 'extension.ask', request, actor: ticket(stay, 'GUEST'), send: (by) => askExtension({ ...by, ...request }), refused: forget(hand, stay),
    done: () => { stay.asked = true },
  })
})

export const answerLonger = onStay((stay) => lasting(stay) && stay.asked, (hand, stay) => {
  const request = { placementId: stay.id, agree: !hand.dice.once(3) }
  return attempt(hand, {
    operation: 'extension.answer', request, actor: ticket(stay, 'HOST'), send: (by) => answerExtension({ ...by, ...request }),
    done: () => { stay.asked = false },
  })
})

export const openAddress = onStay(lasting, (hand, stay) => attempt(hand, {
  operation: 'other.write', request: { operation: 'reveal.open' }, actor: ticket(stay, 'GUEST'),
  send: async ({ actor }) => {
    const answer = await revealAddress({ actor, placementId: stay.id })
    // what was revealed does not go into a journal
    return answer.ok ? { ok: true, value: null } : answer
  },
}))
