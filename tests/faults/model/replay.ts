import { Client } from 'pg'
import { dayInZone } from '@/lib/time/day'
import type { JournalEntry } from '../journal'
import { actOf } from './act-of-event'
import { eventsAfter, readAsked, type Asked, type AuditEvent } from './events'
import { isLive } from './look'
import { differenceOf, PICTURE, pictureOf, placementLine } from './picture'
import { predict } from './predict'
import { change, worldOf, type World } from './world'

export interface ReplayCheck {
  /** Events of the audit that were replayed. */
  events: number
  /** Where the model refuses what was done, or stands otherwise afterwards. None: I14 holds. */
  differences: string[]
}

/** Kinds of facts that the replay does not judge: a harness may move deadlines and forget refusals. */
const UNJUDGED = /^(plan|refused) /

/** A world that is played again, event by event. What is over is taken out of it and kept as the line it left. */
export class Replay {
  events = 0
  readonly differences: string[] = []
  private readonly over: string[] = []
  private readonly ended = new Set<string>()
  private minute = -1

  constructor(private readonly world: World, private readonly asked: Asked, private readonly zones: ReadonlyMap<string, string>) {
    // stops are not in the audit; what was written was written while there was none
    world.approvalsOpen = true
  }

  play(event: AuditEvent): void {
    this.events += 1
    this.setClock(event.at)
    const act = actOf(event, this.asked, this.world)
    if (act === 'nothing' || (event.action === 'placement.lapsed' && this.ended.has(event.subject.placement ?? ''))) return
    if (typeof act === 'string') this.differ(event, act)
    else this.compare(event, predict(this.world, act))
    this.world.refusals.clear()
    this.putAway()
  }

  /** Every fact the model knows in the end, as `pictureOf` writes them. */
  lines(): string[] {
    return [...pictureOf(this.world), ...this.over].filter((line) => !UNJUDGED.test(line)).sort()
  }

  private setClock(at: number): void {
    this.world.now = at
    const minute = Math.floor(at / 60_000)
    if (minute === this.minute) return
    this.minute = minute
    for (const [cityId, zone] of this.zones) {
      if (this.world.cities.has(cityId)) change(this.world.cities, cityId, { today: dayInZone(new Date(at), zone) })
    }
  }

  private compare(event: AuditEvent, { code, confirmed, ended, released }: ReturnType<typeof predict>): void {
    const { subject } = event
    if (code !== 'OK') this.differ(event, `the model refuses it: ${code}`)
    if (confirmed !== undefined && subject.confirmed !== undefined && confirmed !== subject.confirmed > 0) this.differ(event, 'confirmed')
    if (ended !== undefined && subject.ended !== undefined && ended !== subject.ended) this.differ(event, `the model ends ${ended}`)
    if (released !== undefined && subject.released !== undefined && released !== subject.released) this.differ(event, `the model releases ${released}`)
  }

  private differ({ seq, action, actor, subject }: AuditEvent, what: string): void {
    this.differences.push(`event ${seq} ${action} by ${actor} ${JSON.stringify(subject)}: ${what}`)
  }

  /** A town of long ago is large, and nothing asks of it any more. */
  private putAway(): void {
    for (const [id, placement] of this.world.placements) {
      if (isLive(placement)) continue
      this.over.push(placementLine(id, placement))
      this.ended.add(id)
      this.world.placements.delete(id)
    }
  }
}

/**
 * I14: the model, replaying in the order of the commits what the journal says was asked, stands in the end as the
 * database does: states, nights and versions of placements, holds, free nights, arrivals, hosts, homes, rooms, blocks.
 *
 * Nobody may write meanwhile.
 */
export async function checkReplay({ connectionString, journal }: { connectionString: string; journal: readonly JournalEntry[] }): Promise<ReplayCheck> {
  const worlds = journal.flatMap((entry) => (entry.operation === 'world' ? [entry.request] : []))
  const world = worldOf(...worlds)
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const { rows: zones } = await client.query<{ id: string; time_zone: string }>('select id, time_zone from city where id = any ($1)', [[...world.cities.keys()]])
    const replay = new Replay(world, await readAsked(client, journal), new Map(zones.map((city) => [city.id, city.time_zone])))
    for await (const event of eventsAfter(client, world.seq)) replay.play(event)
    const { rows } = await client.query<{ line: string }>(PICTURE, [[...world.cities.keys()]])
    const found = rows.map(({ line }) => line).filter((line) => !UNJUDGED.test(line))
    return { events: replay.events, differences: [...replay.differences, ...differenceOf(replay.lines(), found)] }
  } finally {
    await client.end()
  }
}
