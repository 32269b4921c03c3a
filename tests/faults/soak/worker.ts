import { setTimeout as pause } from 'node:timers/promises'
import { isUnavailable } from '@/lib/db/sqlstate'
import type { JournalAnswer, JournalEntry, Operation } from '../journal'
import type { Unknowns } from '../unknowns'
import type { Attempt, Hand, Sent } from './attempt'
import { hatOf } from './deeds'
import { watching, type Watch } from './lost-answers'

export interface Told {
  onAnswer: (name: string, outcome: string) => void
  onUnknown: (what: Unknowns) => void
}

const PRESSED_TWICE = 25
/** Answers that never say that they are a replay. */
const WITHOUT_REPLAY = new Set<Operation>(['other.write', 'plan.lapse', 'plan.remind'])
const GIVE_UP_AFTER_MS = 60_000
const AGAIN_AFTER_MS = 60
/** Words of a line that is down, where the driver has no code of ours for it. */
const NO_SERVER = /ECONNREFUSED|ECONNRESET|EPIPE|Connection terminated|server closed|not (yet )?accept|starting up|shutting down|recovery mode|Can't reach/i

/** Asked for a minute, and nobody has said yes or no: what stands in the way of an answer now would be forgiven later. */
class NeverAnswered extends Error {}

/** True when the same may be asked again: nobody said no, the way to the database was closed or crowded. */
export function isWorthAsking(error: unknown): boolean {
  if (isUnavailable(error)) return true
  const { code, message } = error as { code?: unknown; message?: unknown }
  return NO_SERVER.test(`${String(code)} ${String(message)}`)
}

function entryOf({ operation, request, actor, key }: Attempt, answer: JournalAnswer): JournalEntry {
  // one object for every operation: its request belongs to it because attempts are made so
  return { at: new Date().toISOString(), actor, key, operation, request, answer } as JournalEntry
}

function answerOf(sent: Sent): JournalAnswer {
  return sent.ok ? { ok: true, value: sent.value ?? null, replayed: sent.replayed === true } : { ok: false, reason: sent.reason }
}

async function sendOnce(attempt: Attempt, watch: Watch): Promise<Sent> {
  try {
    return await watching(watch, attempt.send)
  } catch (error) {
    // a placement that ended a moment ago, or an arrival somebody else has taken back
    if ((error as { code?: unknown }).code === 'NOT_FOUND') return { ok: false, reason: 'NOT_FOUND' }
    throw error
  }
}

/** Of several lost answers only the last can have been written: the one before it was tried again and did its work anew. */
function unknownsOf(watch: Watch, sent: Sent): Unknowns {
  const lost = watch.ended + watch.broken
  const committed = lost > 0 && sent.ok && sent.replayed === true ? 1 : 0
  return { committed, notCommitted: lost - committed }
}

/** Asks until there is an answer, each time under the same key, as a person would who sees "try again". */
async function perform(attempt: Attempt, { write }: Hand, { onUnknown }: Told): Promise<Sent> {
  const watch: Watch = { ended: 0, broken: 0 }
  const deadline = Date.now() + GIVE_UP_AFTER_MS
  for (;;) {
    try {
      const sent = await sendOnce(attempt, watch)
      write(entryOf(attempt, answerOf(sent)))
      if (!WITHOUT_REPLAY.has(attempt.operation)) onUnknown(unknownsOf(watch, sent))
      return sent
    } catch (error) {
      write(entryOf(attempt, null))
      if (!isWorthAsking(error)) throw error
      if (Date.now() > deadline) throw new NeverAnswered(`no answer in a minute: ${String(error)}`, { cause: error })
      await pause(AGAIN_AFTER_MS)
    }
  }
}

/** Presses the button of an acknowledged deed once more: the same answer, and it says that it is one. */
async function pressAgain(attempt: Attempt, first: Sent, hand: Hand, told: Told): Promise<string> {
  const again = await perform({ ...attempt, learn: () => undefined }, hand, { ...told, onUnknown: () => undefined })
  if (!again.ok || again.replayed !== true) return `ERROR ${attempt.operation} did not answer the same again: ${JSON.stringify(again)}`
  const same = !first.ok || JSON.stringify(again.value) === JSON.stringify(first.value)
  return same ? 'OK' : `ERROR ${attempt.operation} answered ${JSON.stringify(again.value)} after ${JSON.stringify(first)}`
}

/** One person who does one thing after the other, whatever it is, until it is over. */
export function soakWorker(hand: Hand, told: Told) {
  const hat = hatOf(hand.crowd.rush)
  async function step(): Promise<void> {
    const { name, deed } = hand.dice.pick(hat)
    try {
      await hand.memory.look()
      const attempt = await deed(hand)
      if (attempt === null) return
      hand.memory.did()
      const sent = await perform(attempt, hand, told)
      attempt.learn(sent)
      told.onAnswer(name, sent.ok ? 'OK' : sent.reason)
      if (sent.ok && !WITHOUT_REPLAY.has(attempt.operation) && hand.dice.once(PRESSED_TWICE)) {
        told.onAnswer('press again', await pressAgain(attempt, sent, hand, told))
      }
    } catch (error) {
      if (!(error instanceof NeverAnswered) && isWorthAsking(error)) await pause(AGAIN_AFTER_MS)
      else told.onAnswer(name, `ERROR ${String((error as { code?: unknown }).code)} ${(error as Error).message.slice(-300).replaceAll('\n', ' ')}`)
    }
  }

  return async function work(isOver: () => boolean): Promise<void> {
    while (!isOver()) await step()
  }
}
