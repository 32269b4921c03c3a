import type { HostFacts, RoomFacts } from './round-facts'
import { giveBack, takeRoom, type Waiting } from './round-market'
import type { Option } from './round-slots'

/** A party and the room it gets for all its nights. */
export interface Placed extends Option {
  party: Waiting
}

/** Who has which room while places are still moved about; what it says and what the rooms say is always the same. */
export class Ledger {
  private readonly places = new Set<Placed>()
  private readonly near = new Map<RoomFacts | HostFacts, Set<Placed>>()

  /** @param placed what has been taken already. */
  constructor(placed: readonly Placed[]) {
    for (const place of placed) this.enter(place)
  }

  has(place: Placed): boolean {
    return this.places.has(place)
  }

  list(): Placed[] {
    return [...this.places]
  }

  /** Those who have a say in what this room may promise: its own guests, and all of a host who rests or counts stays. */
  around(room: RoomFacts): ReadonlySet<Placed> {
    return this.near.get(spotOf(room)) ?? NOBODY
  }

  take(place: Placed): void {
    takeRoom({ room: place.room, nights: place.facts })
    this.enter(place)
  }

  giveBack(place: Placed): void {
    giveBack({ room: place.room, nights: place.facts })
    this.places.delete(place)
    this.near.get(spotOf(place.room))?.delete(place)
  }

  /** Asks something as if this place were free. The lists of rooms and hosts are never changed but replaced, so that putting them back is cheap. */
  without<Answer>({ room, facts }: Placed, ask: () => Answer): Answer {
    const [{ free, host }, { promised }] = [room, room.host]
    giveBack({ room, nights: facts })
    const answer = ask()
    room.free = free
    host.promised = promised
    return answer
  }

  private enter(place: Placed): void {
    this.places.add(place)
    const near = this.near.get(spotOf(place.room)) ?? new Set<Placed>()
    this.near.set(spotOf(place.room), near.add(place))
  }
}

const NOBODY: ReadonlySet<Placed> = new Set()

/** Within what one promise decides about another: the room, or its host. */
export function spotOf(room: RoomFacts): RoomFacts | HostFacts {
  return room.host.ruled ? room.host : room
}
