import { createHash } from 'node:crypto'
import { actorLabel, type Actor } from '@/lib/auth/rules'
import { todayIn } from '@/lib/time/clock'
import { addDays, type Day } from '@/lib/time/day'
import type { JournalEntry, Operation, Requests } from '../journal'
import type { Crowd } from './crowd'
import type { Dice } from './dice'
import type { Memory } from './memory'

/** Answers of commands, as far as all of them are alike. */
export type Sent<Value = unknown> = { ok: true; value: Value; replayed?: boolean } | { ok: false; reason: string }

/** One thing somebody does, with its key: repeated as it is until there is an answer. */
export interface Attempt {
  operation: Operation
  request: Requests[Operation]
  actor: string
  /** Empty for the clock, which does no harm twice. */
  key: string
  send: () => Promise<Sent>
  /** What the actor knows after a yes, and after a no. */
  learn: (sent: Sent) => void
}

/** One worker: dice, and what its process knows. */
export interface Hand {
  dice: Dice
  memory: Memory
  crowd: Crowd
  /** The owner of the database, for what no command does: moving a deadline. */
  asOwner: (statement: string, values: unknown[]) => Promise<unknown>
  write: (entry: JournalEntry) => void
}

/** Makes the attempt of one deed; null where nothing is known that it could be done to. */
export type Deed = (hand: Hand) => Attempt | null | Promise<Attempt | null>

interface Parts<Name extends Operation, Value, Who extends Actor> {
  operation: Name
  request: Requests[Name]
  actor: Who
  send: (by: { actor: Who; key: string; requestHash: string }) => Promise<Sent<Value>>
  done?: (value: Value) => void
  refused?: (reason: string) => void
}

/** A deed with a key, made before it is sent for the first time. */
export function attempt<Name extends Operation, Value, Who extends Actor>(
  { dice }: Hand, { operation, request, actor, send, done, refused }: Parts<Name, Value, Who>,
): Attempt {
  const key = dice.key()
  const requestHash = createHash('sha256').update(JSON.stringify([operation, request])).digest('base64url')
  const learn = (sent: Sent) => {
    if (sent.ok) done?.(sent.value as Value)
    else refused?.(sent.reason)
  }
  return { operation, request, actor: actorLabel(actor), key, learn, send: () => send({ actor, key, requestHash }) }
}

const KNOWN_FOR_MS = 1_000
const known = new Map<string, { today: Day; until: number }>()

/** The day so many nights from today, where that is. Looked up once a second: asking a calendar costs as much as a query. */
export function dayIn(cityId: string, offset: number): Day {
  const kept = known.get(cityId)
  if (kept !== undefined && kept.until > Date.now()) return addDays(kept.today, offset)
  const today = todayIn(cityId)
  known.set(cityId, { today, until: Date.now() + KNOWN_FOR_MS })
  return addDays(today, offset)
}
