import type { JournalAnswer, JournalEntry } from '../journal'
import { worldOfGuest } from '../soak/world-of-guest'
import type { Ask, Hand } from './ask'
import { count, enter, type Book } from './book'
import type { ApiAnswer, Caller } from './caller'
import { DEEDS } from './deeds'
import { insist, type Answered } from './insist'

const PRESSED_TWICE = 25
/** Codes that mean a defect of the programs or of the server: people never see them by what they do here. */
const NEVER = new Set([
  'IDEMPOTENCY_KEY_MISSING', 'IDEMPOTENCY_KEY_WEAK', 'INVALID_JSON', 'FORBIDDEN', 'METHOD_NOT_ALLOWED', 'CONTENT_TYPE', 'CHECK_FIELDS', 'KEY_REUSED',
  'RATE_LIMITED', 'APPROVALS_STOPPED', 'NO_JSON', 'undefined',
])
const HAT = DEEDS.flatMap(([name, weight, deed]) => Array.from({ length: weight }, () => ({ name, deed })))

export interface Program {
  hand: Hand
  caller: Caller
  book: Book
  /** Keys of answers OK. */
  known: Set<string>
  /** Addresses of the web processes. */
  urls: readonly string[]
  write: (entry: JournalEntry) => void
}

/** Told with a defect, nobody knows what was written. */
function answerOf({ status, body, replayed }: ApiAnswer): JournalAnswer {
  if (status >= 500) return null
  return status < 300 ? { ok: true, value: body, replayed } : { ok: false, reason: String(body['code']) }
}

/** Never an answer to what is done here: a defect of the server, or of the programs. */
const isWrong = ({ status, body }: ApiAnswer) => status >= 500 || (status >= 300 && NEVER.has(String(body['code'])))

/** Lost tries and the answer, as the journal has them; what the server worked out is read back first. */
async function journal({ write }: Program, { line, request, recall }: Ask, { answer, lost }: Answered): Promise<void> {
  if (line === null) return
  const asked = recall && answer.status < 300 ? await recall(answer.body) : line.asked
  const at = new Date().toISOString()
  const entry = (told: JournalAnswer) => (
    // one object for every operation: its request belongs to it because asks are made so
    { at, actor: line.actor, key: request.key ?? '', operation: line.operation, request: asked, answer: told } as JournalEntry)
  for (let times = 0; times < lost; times += 1) write(entry(null))
  write(entry(answerOf(answer)))
}

async function perform(program: Program, { name, ask }: { name: string; ask: Ask }): Promise<Answered> {
  const { hand: { dice }, caller, book, urls } = program
  const first = dice.roll(urls.length)
  const whereTo = (attempt: number) => urls[(first + attempt) % urls.length] ?? ''
  const answered = await insist({ caller, request: ask.request, whereTo, onLost: (why) => count(book.losses, why) })
  await journal(program, ask, answered)
  enter(book, name, answered)
  const { status, body } = answered.answer
  if (status < 300 && ask.line !== null) program.known.add(ask.request.key ?? '')
  if (isWrong(answered.answer)) book.wrong.push(`${name} ${ask.request.key ?? ''}: ${status} ${JSON.stringify(body).slice(0, 300)}`)
  return answered
}

/** Sends an acknowledged request once more: the same answer, and it says that it is one. */
async function sendAgain(program: Program, ask: Ask, { answer: first }: Answered): Promise<void> {
  const { answer } = await perform(program, { name: 'again', ask })
  if (answer.status !== first.status || !answer.replayed || JSON.stringify(answer.body) !== JSON.stringify(first.body)) {
    program.book.wrong.push(`${ask.request.path} answered ${JSON.stringify(answer)} after ${JSON.stringify(first)}`)
  }
}

function learn({ write }: Program, { line, done, refused }: Ask, { status, body }: ApiAnswer, { memory }: Hand): void {
  if (status >= 300) return refused?.(String(body['code']))
  done?.(body)
  const guest = line?.operation === 'other.write' ? memory.guests.get(String(body['arrivalId'])) : undefined
  if (guest) write(worldOfGuest({ ...guest, childrenAges: [], groupId: null }))
}

async function step(program: Program): Promise<void> {
  const { hand } = program
  await hand.memory.look()
  const { name, deed } = hand.dice.pick(HAT)
  const ask = deed(hand)
  if (ask === null) return
  const answered = await perform(program, { name, ask })
  learn(program, ask, answered.answer, hand)
  const again = answered.answer.status < 300 && ask.line !== null && ask.request.method !== 'DELETE' && hand.dice.once(PRESSED_TWICE)
  if (again) await sendAgain(program, ask, answered)
}

/** One program that does one thing after the other, whatever it is, until it is over. */
export async function runProgram(program: Program, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      await step(program)
    } catch (error) {
      program.book.wrong.push(`a program fell: ${String(error)}`)
    }
  }
}
