import { setTimeout as pause } from 'node:timers/promises'
import type { UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import { changeRoom } from '@/lib/hosts/commands/room'
import { propose } from '@/lib/placements/commands/propose'
import { release, withdrawArrival } from '@/lib/placements/commands/release'
import { answerExtension, askExtension, extend, pauseHost, recordArrived } from '@/lib/placements/commands/stay'
import { sayYes, secondYes } from '@/lib/placements/commands/yes'
import { revealAddress } from '@/lib/privacy/reveal'
import { seal } from '@/lib/privacy/seal'
import type { smallWorld } from './small-world'
import type { TestDatabase } from './test-database'

type World = ReturnType<typeof smallWorld>
type Home = Awaited<ReturnType<World['home']>>

const NIGHTS = 12

/** Dice with a seed, so that a run can be thrown again. */
export function dice(seed: number) {
  let state = seed >>> 0
  const roll = (sides: number) => {
    state = (state + 0x6d2b79f5) >>> 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) % sides
  }
  const pick = <T>(from: readonly T[]): T => {
    const found = from[roll(from.length)]
    if (found === undefined) throw new RangeError('nothing to pick from')
    return found
  }
  return { roll, pick }
}

const actorOf = (userId: string, role: UserActor['role'], hostId: string | null = null): UserActor =>
  ({ kind: 'USER', userId, role, name: role, cityIds: ['almaty'], hostId })

/** Few homes, few guests and a small staff: everybody meets everybody. */
export async function crowdedWorld(database: TestDatabase, world: World) {
  const homes: Home[] = []
  for (const sleeps of [[2, 2], [2, 2, 3], [3]]) {
    const home = await world.home({ sleeps })
    await database.rows('update home set address_sealed = $2 where id = $1', [home.homeId, seal('Abai 10', { field: 'home.address', rowId: home.homeId })])
    homes.push(home)
  }
  const staff = [
    actorOf(await world.person('COORDINATOR', 'Aigul'), 'COORDINATOR'), actorOf(await world.person('COORDINATOR', 'Daniyar'), 'COORDINATOR'),
    actorOf(await world.person('LEAD', 'Erlan'), 'LEAD'), actorOf(await world.person('LEAD', 'Saule'), 'LEAD'),
  ]
  const arrivals: string[] = []
  for (let index = 0; index < 6; index += 1) arrivals.push(await world.arrival({ adults: 2 }))
  return { database, world, homes, staff, arrivals, today: await world.day(0), rooms: homes.flatMap(({ roomIds }) => roomIds) }
}
export type Crowd = Awaited<ReturnType<typeof crowdedWorld>>

type Live = { id: string; arrival_id: string; plan_id: string; host_id: string; until: string }
const ticket = (placementId: string, side: 'HOST' | 'GUEST') => ({ kind: 'TICKET', placementId, side }) as const

/** One person who does one thing after the other, whatever it is. Answers what each attempt came to. */
export function soakWorker(crowd: Crowd, { seed, onAnswer }: { seed: number; onAnswer: (name: string, outcome: string) => void }) {
  const { roll, pick } = dice(seed)
  const { world, homes, staff, arrivals, rooms } = crowd
  const once = () => ({ key: world.newKey(), requestHash: 'h' })
  const dayAt = (offset: number) => new Date(Date.parse(`${crowd.today}T00:00:00Z`) + offset * 86_400_000).toISOString().slice(0, 10)

  async function live(): Promise<Live> {
    const found = await db.$queryRaw<Live[]>`select p.id, arrival_id, plan_id, host_id, until_date::text as until
      from placement p where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')`
    return found.length === 0 ? { id: crypto.randomUUID(), arrival_id: '', plan_id: crypto.randomUUID(), host_id: '', until: crowd.today } : pick(found)
  }

  function legs() {
    // tonight often: only those guests can arrive
    const from = roll(2) * roll(NIGHTS)
    const one = { adults: 2, childrenAges: [], reasons: {} }
    const middle = from + 1 + roll(3)
    const [first, second] = [pick(rooms), pick(rooms)]
    const kind = roll(3)
    if (kind === 0) return [{ ...one, roomId: first, from: dayAt(from), until: dayAt(middle) }]
    if (kind === 1) {
      const run = { from: dayAt(from), until: dayAt(middle), adults: 1 }
      return [{ ...one, ...run, roomId: first }, { ...one, ...run, roomId: second }]
    }
    return [
      { ...one, roomId: first, from: dayAt(from), until: dayAt(middle) },
      { ...one, roomId: second, from: dayAt(middle), until: dayAt(middle + 2) },
    ]
  }

  async function leave() {
    const index = roll(arrivals.length)
    const arrivalId = arrivals[index] ?? ''
    const answer = await withdrawArrival({ ...once(), actor: { kind: 'GUEST', arrivalId }, arrivalId, erase: roll(2) === 0 })
    arrivals[index] = await world.arrival({ adults: 2 })
    // forgotten refusals: else soon nobody may go anywhere
    await crowd.database.rows('delete from refusal')
    return answer
  }

  function changeBeds() {
    const home = pick(homes)
    const actor = actorOf(home.userId, 'HOST', home.hostId)
    const facts = { name: 'room', sleeps: 2 + roll(2), quiet: false, privateBath: false, inService: true }
    return db.room.findUniqueOrThrow({ where: { id: pick(home.roomIds) } })
      .then(({ id, version }) => changeRoom({ ...once(), ...facts, actor, roomId: id, version }))
  }

  async function runOut() {
    const { plan_id: planId } = await live()
    await crowd.database.rows('update plan set deadline = now() where id = $1', [planId])
    await withRetry(() => db.$queryRaw`select lapse_plan(${planId}::uuid)`)
    return { ok: true }
  }

  const asGuest = (on: Live) => ({ ...once(), actor: ticket(on.id, 'GUEST'), placementId: on.id })
  const asHost = (on: Live) => ({ ...once(), actor: ticket(on.id, 'HOST'), placementId: on.id })
  const asStaff = (on: Live) => ({ ...once(), actor: pick(staff), placementId: on.id })
  const pauses = () => {
    const { userId, hostId } = pick(homes)
    return pauseHost({ ...once(), actor: actorOf(userId, 'HOST', hostId), hostId, paused: roll(5) === 0 })
  }
  const deeds: [name: string, weight: number, deed: () => Promise<{ ok: boolean; reason?: string }>][] = [
    ['propose', 16, () => propose({ ...once(), actor: pick(staff), arrivalId: pick(arrivals), kind: 'RELAY', legs: legs() })],
    ['host yes', 12, async () => sayYes({ ...asHost(await live()), side: 'HOST', way: 'LINK' })],
    ['guest yes', 12, async () => sayYes({ ...asGuest(await live()), side: 'GUEST', way: 'LINK' })],
    ['second yes', 10, async () => secondYes({ ...asStaff(await live()), actor: pick(staff.slice(2)) })],
    ['host no', 2, async () => release({ ...asHost(await live()), to: 'DECLINED', side: 'HOST', reason: 'OTHER', close: false })],
    ['guest no', 2, async () => release({ ...asGuest(await live()), to: 'DECLINED', side: 'GUEST', reason: 'OTHER', close: false })],
    ['cancel', 2, async () => release({ ...asStaff(await live()), to: 'CANCELLED', side: 'GUEST', reason: 'OTHER', close: false })],
    ['quarrel', 1, async () => release({ ...asHost(await live()), to: roll(2) === 0 ? 'CANCELLED' : 'DEPARTED', side: 'HOST', reason: 'CONFLICT', close: false })],
    ['arrived', 6, async () => recordArrived(asStaff(await live()))],
    ['departed', 2, async () => release({ ...asStaff(await live()), to: 'DEPARTED', side: 'GUEST', reason: 'PLANNED', close: false })],
    ['extend', 4, async () => extend({ ...asStaff(await live()), until: dayAt(1 + roll(NIGHTS + 4)), hostAgreed: roll(3) > 0 })],
    ['ask longer', 3, async () => askExtension({ ...asGuest(await live()), until: dayAt(1 + roll(NIGHTS + 4)) })],
    ['answer longer', 3, async () => answerExtension({ ...asHost(await live()), agree: roll(3) > 0 })],
    ['pause', 2, pauses],
    ['withdraw', 2, leave],
    ['beds', 2, changeBeds],
    ['run out', 1, runOut],
    ['remind', 2, async () => live().then(({ plan_id: id }) => withRetry(() => db.$queryRaw`select remind_plan(${id}::uuid)`)).then(() => ({ ok: true }))],
    ['reveal', 2, async () => revealAddress(asStaff(await live()))],
  ]
  const hat = deeds.flatMap(([name, weight, deed]) => Array.from({ length: weight }, () => ({ name, deed })))

  async function step(): Promise<void> {
    const { name, deed } = pick(hat)
    try {
      const answer = await deed()
      onAnswer(name, answer.ok ? 'OK' : (answer.reason ?? '?'))
    } catch (error) {
      // a placement that ended a moment ago, or an arrival somebody else has taken back
      const code = (error as { code?: unknown }).code
      onAnswer(name, code === 'NOT_FOUND' ? 'NOT_FOUND' : `ERROR ${String(code)} ${(error as Error).message.slice(-300)}`)
    }
  }

  return async function work(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await step()
      await pause(roll(3))
    }
  }
}
