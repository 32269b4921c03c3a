import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import type { Crowd, Guest } from './crowd'
import type { Dice } from './dice'

/** A live stay as a person at a screen knows it: true a moment ago. */
export interface Stay {
  id: string
  planId: string
  arrivalId: string
  hostId: string
  homeId: string
  cityId: string
  state: 'PROPOSED' | 'CONFIRMED' | 'ARRIVED'
  from: string
  until: string
  needsSecond: boolean
  hostSaid: boolean
  guestSaid: boolean
  approvals: number
  asked: boolean
  version: number
}

/** Free nights of a room, as the list of candidates shows them. */
export interface FreeRoom {
  roomId: string
  homeId: string
  cityId: string
  sleeps: number
  from: string
  until: string
}

const LOOK_EVERY = 60
const LOOK_SOONER = 15
const FEW = 20
const MOST_STAYS = 300
const MOST_FREE = 300
const MOST_GUESTS = 120
const MOST_GONE = 30
const FAVOURITE_FOR_MS = 100

const lookAtStays = () => withRetry(() => db.$queryRaw<Stay[]>`
  select p.id::text, plan_id::text as "planId", arrival_id::text as "arrivalId", p.host_id::text as "hostId", p.home_id::text as "homeId",
    city_id as "cityId", state::text, from_date::text as from, until_date::text as until, needs_second as "needsSecond",
    exists (select 1 from yes where placement_id = p.id and side = 'HOST') as "hostSaid",
    exists (select 1 from yes where placement_id = p.id and side = 'GUEST') as "guestSaid",
    (select count(*)::int from approval where placement_id = p.id) as approvals,
    exists (select 1 from extension where placement_id = p.id and state = 'ASKED') as asked, p.version
  from placement p join home on home.id = p.home_id
  where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') order by random() limit ${MOST_STAYS}`)

const lookAtRooms = () => withRetry(() => db.$queryRaw<FreeRoom[]>`
  select run.room_id::text as "roomId", home.id::text as "homeId", run.city_id as "cityId", run.sleeps,
    run.from_date::text as from, run.until_date::text as until
  from free_run run join room on room.id = run.room_id join home on home.id = room.home_id join host on host.id = home.host_id
  where room.in_service and not host.paused order by random() limit ${MOST_FREE}`)

/** Once in how many times people think of what everybody thinks of. */
export function rivalryOf({ rush }: Pick<Crowd, 'rush'>): number {
  return rush ? 1 : 4
}

/** A number for a name in a moment, far from that of the next name or moment (FNV-1a, then mixed). */
function luckOf(name: string, moment: number): number {
  let hash = moment | 0
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/**
 * The one that everybody in every process thinks of at the same moment: that is what makes rivals of people who do not
 * know each other. It is drawn for each thing by itself, so that they agree although each has seen something else.
 */
export function favourite<Thing>(among: readonly Thing[], nameOf: (thing: Thing) => string): Thing | null {
  const moment = Math.floor(Date.now() / FAVOURITE_FOR_MS)
  let [best, luck]: [Thing | null, number] = [null, -1]
  for (const thing of among) {
    const its = luckOf(nameOf(thing), moment)
    if (its > luck) [best, luck] = [thing, its]
  }
  return best
}

/**
 * What the people of one process have seen last. It is looked up now and then and not before each deed: a real screen
 * is old too, and a look costs as much as a deed.
 */
export class Memory {
  stays = new Map<string, Stay>()
  free: FreeRoom[] = []
  readonly guests: Guest[]
  /** Guests who went; some come back. */
  readonly gone: Guest[] = []
  private deedsSince = LOOK_EVERY
  private looking = Promise.resolve()

  constructor(readonly crowd: Crowd) {
    this.guests = [...crowd.guests]
  }

  /** Looks again when it is time, or when little is left of what was seen. Who has seen nothing yet waits for it. */
  async look(): Promise<void> {
    const little = this.stays.size < FEW || this.free.length < FEW
    if (this.deedsSince >= (little ? LOOK_SOONER : LOOK_EVERY)) {
      this.deedsSince = 0
      this.looking = this.see()
      // one of the workers waits for it and says when it fails
      await this.looking
    } else if (this.free.length === 0) await this.looking.catch(() => undefined)
  }

  private async see(): Promise<void> {
    const [stays, free] = await Promise.all([lookAtStays(), lookAtRooms()])
    this.stays = new Map(stays.map((stay) => [stay.id, stay]))
    this.free = free
  }

  /** One deed was done since the last look. */
  did(): void {
    this.deedsSince += 1
  }

  /** A stay the deed makes sense for, often one that others think of too; now and then any other, because people err. */
  stay({ pick, once }: Dice, fits: (stay: Stay) => boolean): Stay | null {
    const all = [...this.stays.values()]
    const found = once(12) ? all : all.filter(fits)
    if (found.length === 0) return null
    return once(rivalryOf(this.crowd)) ? favourite(found, ({ id }) => id) : pick(found)
  }

  guest({ pick }: Dice): Guest | null {
    return this.guests.length === 0 ? null : pick(this.guests)
  }

  /** One of those who are placed together. */
  grouped({ pick }: Dice): Guest | null {
    const found = this.guests.filter(({ groupId }) => groupId !== null)
    return found.length === 0 ? null : pick(found)
  }

  addGuest(guest: Guest): void {
    this.guests.push(guest)
    // who has waited longest is looked after by other processes, if at all
    if (this.guests.length > MOST_GUESTS) this.guests.shift()
  }

  /** These are placed together from now on, in one plan. */
  joinGuests(arrivalIds: readonly string[], groupId: string): void {
    for (const guest of this.guests) if (arrivalIds.includes(guest.arrivalId)) guest.groupId = groupId
  }

  loseGuest(arrivalId: string, comesBack: boolean): void {
    const index = this.guests.findIndex((guest) => guest.arrivalId === arrivalId)
    const [guest] = index < 0 ? [] : this.guests.splice(index, 1)
    if (guest && comesBack) this.gone.push(guest)
    if (this.gone.length > MOST_GONE) this.gone.shift()
    for (const stay of this.stays.values()) if (stay.arrivalId === arrivalId) this.stays.delete(stay.id)
  }

  /** What is known of a plan after an answer about it. */
  ofPlan(planId: string, learn: (stay: Stay) => void): void {
    for (const stay of this.stays.values()) if (stay.planId === planId) learn(stay)
  }
}
