/**
 * Who could have which room, and how well it fits, as compressed sparse rows: arrival a's edges are the places
 * `starts[a]` to `starts[a + 1]` of `roomOf` and `fits`. Typed arrays, because an object for each of millions of
 * edges would cost more than solving.
 */
export interface Edges {
  arrivals: number
  rooms: number
  /** What sheltering this arrival is worth, a whole number > 0; one for each arrival. */
  weights: Int32Array | Float64Array
  starts: Int32Array
  roomOf: Int32Array
  /** Whole points >= 0. */
  fits: Int32Array
}

/** One arrival's choices, as a source names them. */
export type AddEdge = (room: number, fit: number) => void

/** Where edges come from: asked once for each arrival, in order. */
export interface EdgeSource {
  arrivals: number
  rooms: number
  weights: Int32Array | Float64Array
  /** Names each room the arrival could have, once, in any order. */
  listRooms: (arrival: number, add: AddEdge) => void
}

/** Places for edges before the first growth, for each arrival. */
const FIRST_ROOMS = 16

/**
 * Builds the rows, each in the order of its rooms, so that the order in which a source names them changes nothing.
 *
 * @throws RangeError when a room is out of range or named twice, or a fit is not a whole number >= 0.
 */
export function buildEdges({ arrivals, rooms, weights, listRooms }: EdgeSource): Edges {
  const starts = new Int32Array(arrivals + 1)
  let roomOf = new Int32Array(Math.max(1, arrivals * FIRST_ROOMS))
  let fits = new Int32Array(roomOf.length)
  let count = 0
  const add: AddEdge = (room, fit) => {
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
  const order = Array.from({ length: end - start }, (_, index) => start + index)
  order.sort((one, other) => (roomOf[one] as number) - (roomOf[other] as number))
  const [sortedRooms, sortedFits] = [order.map((index) => roomOf[index] as number), order.map((index) => fits[index] as number)]
  const twice = sortedRooms.find((room, index) => room === sortedRooms[index - 1])
  if (twice !== undefined) throw new RangeError(`room ${twice} is named twice`)
  roomOf.set(sortedRooms, start)
  fits.set(sortedFits, start)
}
