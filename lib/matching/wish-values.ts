import { daysBetween } from '../time/day'
import { countNights, covers } from '../time/nights'
import type { Values } from './must-haves'
import { lastMorningBefore } from './host-stays'
import { sleepersAtMost } from './party'
import type { Wish } from './policy'
import type { WishFacts } from './score'

const PERCENT = 100
const NOTHING: Values = {}
const NONE = () => NOTHING

/** What a screen may say about a wish; a wish that is met or not needs no more than its name. */
const VALUES: Readonly<Record<Wish, (facts: WishFacts) => Values>> = {
  RIGHT_SIZE: ({ room, need }) => ({ beds: room.beds, persons: sleepersAtMost(need) }),
  WANTED_CITY: ({ room }) => ({ city: room.cityId }),
  WANTED_DISTRICT: ({ room }) => (room.districtId === null ? NOTHING : { district: room.districtId }),
  COMMON_LANGUAGE: ({ room, need }) => ({ languages: commonLanguages(need.languages, room.languages) }),
  NO_MOVE: ({ need }) => ({ nights: countNights(need.nights) }),
  QUIET: NONE,
  PRIVATE_BATH: NONE,
  OWN_ENTRANCE: NONE,
  HOST_RESTED: (facts) => restedValues(facts),
  FRESH_OFFER: ({ room }) => ({ days: room.confirmedDaysAgo }),
  HOST_ANSWERS: ({ room }) => (room.answerRate === null ? NOTHING : { percent: Math.round(room.answerRate * PERCENT) }),
  USABLE_GAP: (facts) => gapValues(facts),
}

/** The numbers, ids and codes behind a wish's points, by name. */
export function valuesOfWish(wish: Wish, facts: WishFacts): Values {
  return VALUES[wish](facts)
}

/** Codes in alphabetical order, so that the same two households always read alike. */
function commonLanguages(wanted: readonly string[], spoken: readonly string[]): string {
  return [...new Set(wanted)]
    .filter((language) => spoken.includes(language))
    .sort()
    .join(',')
}

function restedValues({ room, need }: WishFacts): Values {
  const lastMorning = lastMorningBefore(room, need.nights.from)
  return lastMorning === null ? NOTHING : { nights: Math.max(0, daysBetween(lastMorning, need.nights.from)) }
}

function gapValues({ room, need }: WishFacts): Values {
  const run = room.free.find((free) => covers(free, need.nights))
  if (!run) return NOTHING
  return { before: daysBetween(run.from, need.nights.from), after: daysBetween(need.nights.until, run.until) }
}
