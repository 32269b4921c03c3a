import type { Making, SeedArrival, SeedHost } from './builders'
import { chanceFrom, newCode } from './chance'
import { crowdOfArrivals, crowdOfHosts } from './crowd'
import { tellFates } from './fates'
import { earlierOf, latestOf, minutesAfter, type Moment } from './moment'
import { openBook } from './room-book'
import { SCENARIO_SIZE, tellScenario, type SeedGroup } from './scenario'
import type { SeedPlan } from './stays'

export interface World {
  hosts: SeedHost[]
  arrivals: SeedArrival[]
  plans: SeedPlan[]
  groups: SeedGroup[]
}

export interface WorldWanted {
  moment: Moment
  seed: number
  arrivals: number
  rooms: number
  /** With the people of October 2022 in it; they count. */
  told: boolean
  /** Spoken codes that belong to somebody already. */
  takenCodes?: ReadonlySet<string>
}

/** The demo: small enough to know by heart, with somebody in every state. */
export const DEMO_SIZE = { arrivals: 121, rooms: 161 } as const
/** Rooms of the crowd, so that each city has some. */
const FEWEST_ROOMS = 25
const ROOMS_PER_HOST = 122 / 51
/** Rooms the matcher looks at for one arrival: all of a demo's city, a stretch of a big one. */
const LOOK = 40
const SALT = { hosts: 101, story: 202, arrivals: 303, fates: 404, codes: 505 }

/**
 * Which placements need a second pair of eyes, in the order they were proposed: a host's first, children, a woman alone.
 * Who is not the first there is confirmed after them. And nobody is proposed a room before they have asked.
 */
function putInOrder({ plans, arrivals, ...world }: World): World {
  const known = new Map<string, Date>()
  const asked = new Map<string, Date>()
  const inOrder = [...plans].sort((one, other) => one.times.proposed.getTime() - other.times.proposed.getTime())
  const ordered = inOrder.map((plan) => {
    const { arrival, host, times } = plan
    const first = known.get(host.id)
    const needsSecond = first === undefined || arrival.childrenAges.length > 0 || arrival.womanAlone
    const confirmed = times.confirmed && first ? latestOf([times.confirmed, minutesAfter(first, 1)]) : times.confirmed
    if (confirmed !== null && first === undefined) known.set(host.id, confirmed)
    asked.set(arrival.id, asked.get(arrival.id) ?? minutesAfter(times.proposed, -25))
    return { ...plan, needsSecond, times: { ...times, confirmed, second: confirmed } }
  })
  const asking = arrivals.map((arrival) => ({
    ...arrival, createdAt: earlierOf(arrival.createdAt, asked.get(arrival.id) ?? arrival.createdAt),
  }))
  return { ...world, plans: ordered, arrivals: asking }
}

/** Nobody has another one's code: drawn again, from dice of their own, until it is free. */
function withOwnCodes(making: Making, arrivals: readonly SeedArrival[], taken: ReadonlySet<string>): SeedArrival[] {
  const given = new Set(taken)
  return arrivals.map((arrival) => {
    let { code } = arrival
    while (given.has(code)) code = newCode(making.chance)
    given.add(code)
    return { ...arrival, code }
  })
}

/**
 * Makes a world: the same seed, sizes and moment give the same world. `arrivals` and `rooms` are exact.
 *
 * @throws RangeError when a told world is wanted smaller than its stories.
 */
export function buildWorld({ moment, seed, arrivals, rooms, told, takenCodes = new Set() }: WorldWanted): World {
  const making = (salt: number): Making => ({ chance: chanceFrom(seed * 1_000 + salt), moment })
  const left = { arrivals: arrivals - (told ? SCENARIO_SIZE.arrivals : 0), rooms: rooms - (told ? SCENARIO_SIZE.rooms : 0) }
  if (left.arrivals < 0 || left.rooms < FEWEST_ROOMS) {
    throw new RangeError(`Give at least ${SCENARIO_SIZE.arrivals} arrivals and ${SCENARIO_SIZE.rooms + FEWEST_ROOMS} rooms, or --add to leave the story out.`)
  }
  const crowd = crowdOfHosts(making(SALT.hosts), { hosts: Math.max(1, Math.round(left.rooms / ROOMS_PER_HOST)), rooms: left.rooms })
  const book = openBook(crowd)
  const story = told ? tellScenario(making(SALT.story), book) : { hosts: [], arrivals: [], plans: [], groups: [] }
  const fates = tellFates({ making: making(SALT.fates), book, look: LOOK }, crowdOfArrivals(making(SALT.arrivals), left.arrivals))
  const everybody = [...story.arrivals, ...fates.map(({ arrival }) => arrival)]
  return putInOrder({
    hosts: [...story.hosts, ...crowd], arrivals: withOwnCodes(making(SALT.codes), everybody, takenCodes),
    plans: [...story.plans, ...fates.flatMap(({ plans }) => plans)], groups: story.groups,
  })
}
