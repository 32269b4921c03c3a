import { addDays, type Day } from '@/lib/time/day'
import type { Dice } from '../soak/dice'
import type { FreeRoom, Stay } from '../soak/memory'
import type { Stage } from './stage'

/** A guest as their own program knows them. */
export interface KnownGuest {
  arrivalId: string
  secret: string
  cityId: string
  adults: number
  from: Day
  until: Day
}

const LOOK_EVERY = 80
const MOST = 400
const MOST_GONE = 40

const STAYS = `
  select p.id::text, plan_id::text as "planId", arrival_id::text as "arrivalId", p.host_id::text as "hostId", home_id::text as "homeId",
    city_id as "cityId", p.state::text, from_date::text as from, until_date::text as until, needs_second as "needsSecond",
    exists (select 1 from yes where placement_id = p.id and side = 'HOST') as "hostSaid",
    exists (select 1 from yes where placement_id = p.id and side = 'GUEST') as "guestSaid",
    (select count(*)::int from approval where placement_id = p.id) as approvals,
    exists (select 1 from extension where placement_id = p.id and state = 'ASKED') as asked, p.version
  from placement p join home on home.id = p.home_id
  where p.state in ('PROPOSED', 'CONFIRMED', 'ARRIVED') order by random() limit ${MOST}`

const FREE = `
  select run.room_id::text as "roomId", home.id::text as "homeId", run.city_id as "cityId", run.sleeps,
    run.from_date::text as from, run.until_date::text as until
  from free_run run join room on room.id = run.room_id join home on home.id = room.home_id join host on host.id = home.host_id
  where room.in_service and not host.paused order by random() limit ${MOST}`

const WAITING = `select id::text from arrival where state = 'OPEN' and id = any ($1::uuid[])`

/** What the people of a soak over HTTP have seen last; old, as every screen is. */
export class Memory {
  readonly stays = new Map<string, Stay>()
  readonly guests = new Map<string, KnownGuest>()
  /** Guests who took their request back; some come again. */
  readonly gone: KnownGuest[] = []
  private free: FreeRoom[] = []
  private readonly waiting = new Set<string>()
  private deeds = 0

  constructor(private readonly stage: Pick<Stage, 'rows'>) {}

  /** Looks again when it is time. */
  async look(): Promise<void> {
    this.deeds += 1
    if (this.deeds % LOOK_EVERY !== 1) return
    const stays = await this.stage.rows(STAYS) as unknown as Stay[]
    this.free = await this.stage.rows(FREE) as unknown as FreeRoom[]
    const open = await this.stage.rows(WAITING, [[...this.guests.keys()]])
    this.stays.clear()
    for (const stay of stays) this.stays.set(stay.id, stay)
    this.waiting.clear()
    for (const { id } of open) this.waiting.add(String(id))
  }

  /** A stay the deed makes sense for; now and then any other, because people err. */
  stay({ pick, once }: Dice, fits: (stay: Stay) => boolean): Stay | null {
    const all = [...this.stays.values()].filter(({ arrivalId }) => this.guests.has(arrivalId))
    const found = once(20) ? all : all.filter(fits)
    return found.length === 0 ? null : pick(found)
  }

  guest({ pick }: Dice): KnownGuest | null {
    return this.guests.size === 0 ? null : pick([...this.guests.values()])
  }

  /** Somebody who waits, as far as is known, and the rooms with that many beds that are free for all their nights. */
  match({ pick }: Dice, beds: (guest: KnownGuest) => number): { guest: KnownGuest; rooms: FreeRoom[] } | null {
    const waiting = [...this.guests.values()].filter(({ arrivalId }) => this.waiting.has(arrivalId))
    if (waiting.length === 0) return null
    const guest = pick(waiting)
    const { cityId, from, until } = guest
    const rooms = this.free.filter((room) => room.cityId === cityId && room.sleeps >= beds(guest) && room.from <= from && room.until >= until)
    return { guest, rooms }
  }

  add(guest: KnownGuest): void {
    this.guests.set(guest.arrivalId, guest)
    this.waiting.add(guest.arrivalId)
  }

  /** Nobody proposes to them again, until it is known that they wait. */
  proposed({ arrivalId }: KnownGuest, roomIds: readonly string[]): void {
    this.waiting.delete(arrivalId)
    this.free = this.free.filter(({ roomId }) => !roomIds.includes(roomId))
  }

  lose(arrivalId: string, comesBack: boolean): void {
    const guest = this.guests.get(arrivalId)
    this.guests.delete(arrivalId)
    if (guest && comesBack) this.gone.push(guest)
    if (this.gone.length > MOST_GONE) this.gone.shift()
  }

  /** What is known of a plan after an answer about it. */
  ofPlan(planId: string, learn: (stay: Stay) => void): void {
    for (const stay of this.stays.values()) if (stay.planId === planId) learn(stay)
  }
}

/** Nights of a request: tonight often, because only those guests can come. */
export function someNights({ roll, once }: Dice, today: Day): { from: Day; until: Day } {
  const from = once(3) ? addDays(today, 1 + roll(10)) : today
  return { from, until: addDays(from, 1 + roll(4)) }
}
