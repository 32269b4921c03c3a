import type { UrgencyFacts } from '../../matching/priority'
import { dayInZone } from '../../time/day'
import type { ArrivalFacts, CityClock } from './need'
import { waitingNights } from './nights'

/** The part of an arrival that says how urgent it is. */
export interface UrgentArrival extends Pick<ArrivalFacts, 'nights' | 'adults' | 'childrenAges'> {
  unwell: boolean
  unsafeToReturn: boolean
  brokenPlacement: boolean
  /** Kept through broken placements. */
  waitingSince: Date
}

/** What the priority of a waiting arrival is made of. The same facts stand in SQL in `queries/order.ts`; a test compares. */
export function urgencyOf(arrival: UrgentArrival, { now, timeZone }: CityClock): UrgencyFacts {
  return {
    nowhereTonight: arrival.nights.from <= dayInZone(now, timeZone),
    children: arrival.childrenAges.length > 0,
    illness: arrival.unwell,
    dangerOnReturn: arrival.unsafeToReturn,
    brokenPlacement: arrival.brokenPlacement,
    waitingNights: waitingNights({ since: arrival.waitingSince, now, timeZone }),
    persons: arrival.adults + arrival.childrenAges.length,
  }
}
