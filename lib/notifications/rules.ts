import type { PlacementState } from '../placements/schema'
import type { Nights } from '../time/nights'
import type { DeliveryFailure, MessageKind } from './schema'

/** Tries before a message is put on the dead-letter list; about 16 hours at the queue's growing pauses. */
export const MAX_ATTEMPTS = 12

const OUT_OF_OUR_HANDS: readonly DeliveryFailure[] = ['UNREACHABLE', 'DEFERRED', 'SIGN_IN', 'NO_MAIL_SERVER']

/** True when another try cannot help: the address or the message itself is at fault. */
export function isFinal(failure: DeliveryFailure): boolean {
  return !OUT_OF_OUR_HANDS.includes(failure)
}

/** True when nothing is wrong: there was nothing to tell any more, or nobody who reads mail. */
export function isNoFault(failure: DeliveryFailure): boolean {
  return failure === 'OUTDATED' || failure === 'NO_ADDRESS'
}

const STILL_ASKS: readonly MessageKind[] = ['ASK_HOST', 'ASK_GUEST', 'REMIND_HOST', 'REMIND_GUEST']
const STILL_HOLDS: readonly MessageKind[] = [
  'CONFIRMED_HOST', 'CONFIRMED_GUEST', 'NIGHTS_CHANGED_HOST', 'NIGHTS_CHANGED_GUEST', 'ASK_EXTENSION',
]

/** True when what the message says or asks is no longer so: after a long outage nobody is asked in vain. */
export function isOutdated(kind: MessageKind, state: PlacementState): boolean {
  if (STILL_ASKS.includes(kind)) return state !== 'PROPOSED'
  if (STILL_HOLDS.includes(kind)) return state !== 'CONFIRMED' && state !== 'ARRIVED'
  return false
}

/** The part of a plan that one home takes in. */
export interface Leg {
  nights: Nights
  adults: number
  children: number
}

/**
 * Sums up the legs of one home: the nights from first to last, and the most persons who are there on one of the legs'
 * first nights. Rooms taken side by side add up; rooms taken one after the other are the same people.
 *
 * @throws RangeError without a leg.
 */
export function sumUp(legs: readonly Leg[]): Leg {
  const [first] = legs
  if (first === undefined) throw new RangeError('no legs')
  const sideBySide = legs.map(({ nights }) => legs.filter((leg) => leg.nights.from <= nights.from && nights.from < leg.nights.until))
  const persons = (rooms: readonly Leg[]) => rooms.reduce((sum, { adults, children }) => sum + adults + children, 0)
  const fullest = sideBySide.reduce((best, rooms) => (persons(rooms) > persons(best) ? rooms : best))
  return {
    nights: {
      from: legs.reduce((day, { nights }) => (nights.from < day ? nights.from : day), first.nights.from),
      until: legs.reduce((day, { nights }) => (nights.until > day ? nights.until : day), first.nights.until),
    },
    adults: fullest.reduce((sum, { adults }) => sum + adults, 0),
    children: fullest.reduce((sum, { children }) => sum + children, 0),
  }
}
