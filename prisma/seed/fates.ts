import type { PlacementState } from '@/lib/placements/schema'
import { daysBetween } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import type { Making, SeedArrival } from './builders'
import { earlierOf, minutesAfter, todayOf } from './moment'
import { placeIn, type Fate, type Telling } from './placing'
import type { StayEnd } from './stays'
import { tellTrouble, TROUBLES } from './troubles'

/** Share of those who came so many days ago and still wait, whatever is free: today most, later few. */
const STILL_WAITING = [0.35, 0.25, 0.15, 0.08] as const
const WITHDRAWN = 0.05
function liveState({ chance }: Making, days: number): PlacementState {
  if (days < 0) return 'ARRIVED'
  if (days === 0) return chance.weigh([['PROPOSED', 50], ['CONFIRMED', 30], ['ARRIVED', 20]])
  return chance.weigh([['PROPOSED', 70], ['CONFIRMED', 30]])
}

function tellOver(telling: Telling, arrival: SeedArrival, nights: Nights): Fate | null {
  const { chance } = telling.making
  const end: StayEnd = {
    side: 'GUEST', reason: chance.weigh([['PLANNED', 50], ['LEFT_THE_COUNTRY', 25], ['OWN_RENT', 25]]),
    to: chance.pick(['SETTLED', 'TEMPORARY'] as const),
  }
  const plan = placeIn(telling, { arrival, nights, state: 'DEPARTED', end })
  return plan && { arrival: { ...arrival, state: 'CLOSED', closedAt: plan.times.ended }, plans: [plan] }
}

function tellLive(telling: Telling, arrival: SeedArrival, nights: Nights): Fate | null {
  const { making } = telling
  const state = liveState(making, daysBetween(todayOf(making.moment, arrival.cityId), nights.from))
  const said = state === 'PROPOSED' ? making.chance.pick([['HOST'], ['GUEST'], []] as const) : []
  const plan = placeIn(telling, { arrival, nights, state, said })
  return plan && { arrival: { ...arrival, state: state === 'PROPOSED' ? 'OFFERED' : 'PLACED' }, plans: [plan] }
}

function tellWithdrawn({ making }: Telling, arrival: SeedArrival): Fate {
  const closedAt = earlierOf(minutesAfter(arrival.createdAt, making.chance.int(60, 900)), minutesAfter(making.moment.now, -12))
  const erased = making.chance.is(0.5)
  return { arrival: { ...arrival, state: 'WITHDRAWN', closedAt, erased }, plans: [] }
}

function tellOne(telling: Telling, arrival: SeedArrival): Fate | null {
  const { chance, moment } = telling.making
  const today = todayOf(moment, arrival.cityId)
  const waited = Math.max(0, daysBetween(arrival.nights.from, today))
  if (chance.is(WITHDRAWN)) return tellWithdrawn(telling, arrival)
  if (chance.is(STILL_WAITING[waited] ?? 0.05)) return null
  return arrival.nights.until <= today ? tellOver(telling, arrival, arrival.nights) : tellLive(telling, arrival, arrival.nights)
}

const EACH_TROUBLED = 3

/** Tells what became of each, in the order they came. Who finds no room waits; every third of them once more. */
export function tellFates(telling: Telling, arrivals: readonly SeedArrival[]): Fate[] {
  let waiting = 0
  return arrivals.map((arrival) => {
    const told = tellOne(telling, arrival)
    if (told !== null) return told
    waiting += 1
    const trouble = TROUBLES[Math.floor(waiting / EACH_TROUBLED) % TROUBLES.length] ?? 'DECLINED'
    const troubled = waiting % EACH_TROUBLED === 0 ? tellTrouble(telling, arrival, trouble) : null
    return troubled ?? { arrival, plans: [] }
  })
}
