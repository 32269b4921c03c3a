/**
 * Who could have which room, and how well it fits, as compressed sparse rows: arrival a's edges are the places
 * `starts[a]` to `starts[a + 1]` of `roomOf` and `fits`. Typed arrays, because an object for each of millions of
 * edges would cost more than solving.
 */
export interface Edges {
  arrivals: number
  rooms: number
  /** What sheltering this arrival is worth, a whole number >= 0; one for each arrival. */
  weights: Int32Array | Float64Array
  starts: Int32Array
  roomOf: Int32Array
  /** Whole points >= 0. */
  fits: Int32Array
}

/** Takes one pair of an arrival: the room, and how well it fits. */
export type AddPair = (room: number, fit: number) => void

/** All pairs that could be, stored or reckoned anew each time they are asked for. */
export interface PairSource {
  arrivals: number
  rooms: number
  weights: Edges['weights']
  /** Names each room the arrival could have, once, always in the same order. */
  listRooms: (arrival: number, add: AddPair) => void
  /** How many pairs there are, where that is known: nothing has to grow then. */
  pairs?: number
}

/** Places for edges before the first growth: some for each arrival, not without end, for who names arrivals may have none. */
const FIRST_ROOMS = 16
const FIRST_PLACES = 2 ** 22

/**
 * Stores the pairs of a source, each arrival's in the order of its rooms, so that the order in which a source names them
 * changes nothing.
 *
 * @throws RangeError when a room is out of range or named twice, or a fit is not a whole number from 0 to 2^31 - 1.
 */
export function buildEdges({ arrivals, rooms, weights, listRooms, pairs = Math.min(arrivals * FIRST_ROOMS, FIRST_PLACES) }: PairSource): Edges {
  const starts = new Int32Array(arrivals + 1)
  let roomOf = new Int32Array(pairs + 1)
  let fits = new Int32Array(roomOf.length)
  let count = 0
  const add: AddPair = (room, fit) => {
    if (count === roomOf.length) {
      roomOf = grow(roomOf)
      fits = grow(fits)
    }
    roomOf[count] = room
    fits[count] = fit
    if (roomOf[count] !== room || room < 0 || room >= rooms) throw new RangeError(`no room ${room}: there are ${rooms}`)
    if (fits[count] !== fit || fit < 0) throw new RangeError(`fit ${fit} of room ${room} is not a whole number >= 0`)
    count += 1
  }
  for (let arrival = 0; arrival < arrivals; arrival += 1) {
    listRooms(arrival, add)
    sortRow({ roomOf, fits }, starts[arrival] as number, count)
    starts[arrival + 1] = count
  }
  return { arrivals, rooms, weights, starts, roomOf: roomOf.subarray(0, count), fits: fits.subarray(0, count) }
}

/** The stored edges, as a source of pairs. */
export function sourceOf({ arrivals, rooms, weights, starts, roomOf, fits }: Edges): PairSource {
  const listRooms = (arrival: number, add: AddPair) => {
    const end = starts[arrival + 1] as number
    for (let edge = starts[arrival] as number; edge < end; edge += 1) add(roomOf[edge] as number, fits[edge] as number)
  }
  return { arrivals, rooms, weights, listRooms }
}

function grow(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(Math.ceil(array.length * 1.5) + 1)
  grown.set(array)
  return grown
}

type Row = Pick<Edges, 'roomOf' | 'fits'>

/** Puts one row into the order of its rooms; most sources name them in order, and nothing is to be done. */
function sortRow({ roomOf, fits }: Row, start: number, end: number): void {
  let last = start
  while (last + 1 < end && (roomOf[last] as number) < (roomOf[last + 1] as number)) last += 1
  if (last + 1 >= end) return
  // one number for a pair, which a typed array sorts without a call for each comparison
  const length = end - start
  const row = Float64Array.from({ length }, (_, index) => (roomOf[start + index] as number) * length + index).sort()
  if ((row[length - 1] as number) > Number.MAX_SAFE_INTEGER) throw new RangeError(`${length} rooms of one arrival are too many to be sorted exactly`)
  const fitsBefore = fits.slice(start, end)
  row.forEach((pair, index) => {
    roomOf[start + index] = Math.floor(pair / length)
    fits[start + index] = fitsBefore[pair % length] as number
    if (index > 0 && roomOf[start + index] === roomOf[start + index - 1]) throw new RangeError(`room ${roomOf[start + index] as number} is named twice`)
  })
}
