/**
 * A binary heap of rooms, nearest first, whose distances can fall while they wait (J. W. J. Williams, "Algorithm 232:
 * Heapsort", 1964; E. W. Dijkstra, 1959). Distances stand in an array the search owns; of equal ones any may come first,
 * always the same for the same calls.
 */
export interface Heap {
  /** Rooms in heap order; the first `size` count. */
  readonly rooms: Int32Array
  /** Where a room stands in `rooms`; means nothing for a room that is not waiting. */
  readonly places: Int32Array
  readonly distances: Float64Array
  size: number
}

/** An empty heap over rooms 0 to `distances.length` - 1. */
export function createHeap(distances: Float64Array): Heap {
  return { rooms: new Int32Array(distances.length), places: new Int32Array(distances.length), distances, size: 0 }
}

/** Adds a room that does not wait yet. */
export function push(heap: Heap, room: number): void {
  heap.size += 1
  rise(heap, room, heap.size - 1)
}

/** Lets a waiting room rise after its distance has fallen. */
export function nearer(heap: Heap, room: number): void {
  rise(heap, room, heap.places[room] as number)
}

function rise({ rooms, places, distances }: Heap, room: number, from: number): void {
  const distance = distances[room] as number
  let place = from
  while (place > 0) {
    const parent = (place - 1) >> 1
    const above = rooms[parent] as number
    if ((distances[above] as number) <= distance) break
    rooms[place] = above
    places[above] = place
    place = parent
  }
  rooms[place] = room
  places[room] = place
}

/** Takes the nearest room out. The heap must not be empty. */
export function pop(heap: Heap): number {
  const { rooms, places, distances } = heap
  const nearest = rooms[0] as number
  const size = (heap.size -= 1)
  const last = rooms[size] as number
  const distance = distances[last] as number
  let place = 0
  for (let child = 1; child < size; child = 2 * place + 1) {
    const right = child + 1
    if (right < size && (distances[rooms[right] as number] as number) < (distances[rooms[child] as number] as number)) child = right
    const below = rooms[child] as number
    if ((distances[below] as number) >= distance) break
    rooms[place] = below
    places[below] = place
    place = child
  }
  rooms[place] = last
  places[last] = place
  return nearest
}
