import type { Choices } from './live-choices'
import { buildEdges } from './optimum/edges'
import type { Policy } from './policy'
import type { HostFacts, RoomFacts } from './round-facts'
import { mostUrgentFirst, takeRooms, type Waiting } from './round-market'
import type { Placed } from './round-ledger'
import { placeInPasses, solvePass, touchedBy } from './round-singles'
import { fitOfWorth, scaleFor, type Slot } from './round-slots'
import { beginWatch, type Watcher } from './round-watch'

/** Choices weighed at once at most; beyond it the least urgent are left out, and nothing is said to be best for all. */
export const MOST_CHOICES = 20_000_000

/** A party with every slot it could have; kept, because who could have what changes little from one arrival to the next. */
export interface Row {
  party: Waiting
  choices: Choices
}

/** A city as a pass needs it. */
export interface PassFacts {
  policy: Policy
  rows: ReadonlyMap<string, Row>
  /** In the order of their ids. */
  rooms: readonly RoomFacts[]
  /** What is free of the rooms, in the order in which a round would list it. */
  slots: readonly Slot[]
}

export interface Placing {
  /** Who has a place, the most urgent first. */
  placed: readonly Placed[]
  /** Everybody was weighed against everything. */
  isWhole: boolean
}

/**
 * The places a round of single stays would give, each pass proved: the first from the choices as they are kept, the others
 * from what it leaves of the rooms. The rooms themselves stay as they are.
 *
 * @throws RangeError as `placeSingles`.
 */
export function playPasses({ policy, rows, rooms, slots }: PassFacts): Placing {
  const all = [...rows.values()].sort((one, other) => mostUrgentFirst(one.party, other.party))
  const weighed = withinReach(all)
  const waiting = weighed.map(({ party }) => party)
  const watcher = beginWatch({})
  const scale = scaleFor(waiting, policy)
  const edges = buildEdges({
    arrivals: weighed.length,
    rooms: slots.length,
    weights: Float64Array.from(waiting, ({ weight }) => weight),
    pairs: countChoices(weighed),
    listRooms: (arrival, add) => {
      const { slots: numbers, worths } = (weighed[arrival] as Row).choices
      for (let index = 0; index < numbers.length; index += 1) add(numbers[index] as number, fitOfWorth(worths[index] as number, scale))
    },
  })
  const { placed } = solvePass({ edges, slots, waiting, policy }, watcher)
  const rest = placeRest({ policy, rooms, placed, waiting }, watcher)
  const places = [...placed, ...rest].sort((one, other) => mostUrgentFirst(one.party, other.party))
  return { placed: places, isWhole: weighed.length === all.length }
}

/** How many choices parties have together. */
export function countChoices(rows: Iterable<Row>): number {
  let count = 0
  for (const { choices } of rows) count += choices.slots.length
  return count
}

/** The most urgent whose choices together are not too many. */
function withinReach(rows: readonly Row[]): readonly Row[] {
  let count = 0
  const end = rows.findIndex(({ choices }) => (count += choices.slots.length) > MOST_CHOICES)
  return end === -1 ? rows : rows.slice(0, end)
}

type Left = Readonly<{ policy: Policy; rooms: readonly RoomFacts[]; placed: readonly Placed[]; waiting: readonly Waiting[] }>

/** Places on what the first pass leaves: what it did not touch fits nobody who still waits. */
function placeRest({ policy, rooms, placed, waiting }: Left, watcher: Watcher): Placed[] {
  const copies = copyRooms(touchedBy(placed.map(({ room }) => room), rooms))
  takeRooms(placed.flatMap(({ room, facts }) => {
    const copy = copies.get(room)
    return copy ? [{ room: copy, nights: facts }] : []
  }))
  const gone = new Set(placed.map(({ party }) => party))
  const left = [...copies.values()].filter(({ free }) => free.length > 0)
  return placeInPasses({ rooms: left, policy }, waiting.filter((party) => !gone.has(party)), watcher).placed
}

/** Rooms to take from, by the room they stand for; copies of one host's share a copy of the host. */
function copyRooms(rooms: readonly RoomFacts[]): Map<RoomFacts, RoomFacts> {
  const hosts = new Map<HostFacts, HostFacts>()
  return new Map(rooms.map((room) => {
    const host = hosts.get(room.host) ?? { ...room.host, promised: [...room.host.promised] }
    hosts.set(room.host, host)
    return [room, { ...room, host }]
  }))
}
