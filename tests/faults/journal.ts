import type { PlanLeg } from '@/lib/placements/commands/propose'
import type { Day } from '@/lib/time/day'
import type { Nights } from '@/lib/time/nights'
import type { PlacementState, Side, WorldRows } from './model/world'

/**
 * What was asked, by operation. The names are those under which the database keeps idempotent answers; the last four
 * have no key and are the clock's, or the harness's own.
 */
export interface Requests {
  'plan.propose': Proposal
  'plan.propose-many': { proposals: readonly Proposal[] }
  'placement.yes': { placementId: string; side: 'HOST' | 'GUEST'; way: 'LINK' | 'PHONE' | 'DESK' }
  'placement.second-yes': { placementId: string }
  'placement.release': { placementId: string; to: PlacementState; side: Side; reason: string; close: boolean }
  'placement.arrived': { placementId: string }
  'placement.extend': { placementId: string; until: Day; hostAgreed: boolean }
  'placement.move': { placementId: string; from: Day; until: Day; hostAgreed: boolean }
  'extension.ask': { placementId: string; until: Day }
  'extension.answer': { placementId: string; agree: boolean }
  'arrival.withdraw': { arrivalId: string; erase: boolean }
  'arrival.reopen': { arrivalId: string }
  /** Who asks to be placed together; their rooms may stand in one plan from then on. */
  'group.form': { arrivalIds: readonly string[] }
  'host.pause': { hostId: string; paused: boolean }
  'room.change': { roomId: string; version: number; sleeps: number; inService: boolean }
  'opening.offer': { roomId: string; version: number; nights: Nights }
  'opening.close': { roomId: string; version: number; nights: Nights }
  /** Any other write with a key that the model does not know, as a new request: counted, not replayed. */
  'other.write': { operation: string }
  /** The clock lets a plan lapse or reminds of it, or a vetting run out. */
  'plan.lapse': { planId: string }
  'plan.remind': { planId: string }
  'host.expire': { hostId: string }
  /**
   * Rows as they stand before anything is asked of them, as `readWorld` of `model/read-world.ts` answers them. The first entry of
   * every journal; once more for each arrival or home made later, before anything is asked of it.
   */
  world: WorldRows
}

export interface Proposal {
  arrivalId: string
  kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
  legs: readonly Omit<PlanLeg, 'reasons'>[]
}

export type Operation = keyof Requests

/**
 * What the client was told. `null`: nothing; the connection broke, the process died, the server said 5xx. Then nobody
 * knows whether it was written until the same key is tried again, and the entry of that try has the answer.
 *
 * `value` holds what the command answered; over HTTP under the same names (planId, placementIds, ended, until …).
 */
export type JournalAnswer = { ok: true; value: unknown; replayed: boolean } | { ok: false; reason: string } | null

/** One try of one operation. A retry with the same key is another entry. */
interface EntryOf<Name extends Operation> {
  /** When the answer came, or was given up: ISO instant by the client's clock. Orders nothing: `audit_event.seq` does. */
  at: string
  /** As `actorLabel` of `lib/auth/rules.ts` names who acted; `system` for the clock, `harness` for a world. */
  actor: string
  /** Idempotency key; empty for the clock and the harness. */
  key: string
  operation: Name
  request: Requests[Name]
  answer: JournalAnswer
}

/**
 * A line of the soak's journal: written when the answer came, and before the next operation of the same worker begins.
 *
 * Every write between the first line and the last is in it, also those without an answer: the replay (I14) looks up here
 * what each event of the audit asked for. What the harness does behind the commands' back is no operation and leaves no
 * line; it may move `plan.deadline` and may delete refusals, which the replay does not judge. It may change nothing else.
 */
export type JournalEntry = { [Name in Operation]: EntryOf<Name> }[Operation]

/** Writes an entry as one line, with its line break. */
export function writeEntry(entry: JournalEntry): string {
  return `${JSON.stringify(entry)}\n`
}

/**
 * Reads a journal. A last line that a killed process did not finish is left out; it was acknowledged to nobody.
 *
 * @throws SyntaxError when any other line is broken.
 */
export function readJournal(text: string): JournalEntry[] {
  const lines = text.split('\n')
  const whole = text.endsWith('\n') ? lines : lines.slice(0, -1)
  return whole.filter((line) => line !== '').map((line) => JSON.parse(line) as JournalEntry)
}
