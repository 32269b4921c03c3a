import { expect, it, vi } from 'vitest'
import { openBook } from '../../faults/http/book'
import type { ApiAnswer } from '../../faults/http/caller'
import { insist } from '../../faults/http/insist'
import { runProgram, type Program } from '../../faults/http/program'
import type { JournalEntry } from '../../faults/journal'
import { dice } from '../../faults/soak/dice'

const { request, asked } = vi.hoisted(() => ({
  request: { method: 'POST', path: '/requests', key: 'faults_1' } as const, asked: { operation: 'arrival.request' },
}))
vi.mock('../../faults/http/deeds', () => ({
  DEEDS: [['ask', 1, () => ({ request, line: { operation: 'other.write', actor: 'anonymous', asked } })]],
}))

const YES: ApiAnswer = { status: 201, body: {}, replayed: false, again: false }
const NOT_NOW: ApiAnswer = { status: 503, body: { code: 'UNAVAILABLE' }, replayed: false, again: true }
const DEFECT: ApiAnswer = { status: 500, body: { code: 'UNEXPECTED' }, replayed: false, again: false }

/** Answers one after the other; an error is a broken connection. */
function callerOf(...answers: (ApiAnswer | Error)[]) {
  const left = [...answers]
  return { close: () => undefined, call: () => {
    const next = left.shift() ?? new Error('nothing more was to be asked')
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  } }
}
const ask = (...answers: (ApiAnswer | Error)[]) => insist({ caller: callerOf(...answers), request, whereTo: () => '' })

it('asks again where the connection broke or the server said when to', async () => {
  expect(await ask(new Error('half an answer'), NOT_NOW, YES)).toEqual({ answer: YES, lost: 2 })
})

it.each([DEFECT, { ...DEFECT, status: 502 }, { ...NOT_NOW, again: false }])('takes any other 5xx for the answer it is: $status', async (answer) => {
  expect(await ask(answer, YES)).toEqual({ answer, lost: 0 })
})

/** One deed of a program that is answered so. */
async function played(...answers: ApiAnswer[]) {
  const [book, lines] = [openBook(), [] as JournalEntry[]]
  const hand = { dice: dice(1), memory: { look: () => Promise.resolve(), guests: new Map() } } as unknown as Program['hand']
  const program = { hand, book, caller: callerOf(...answers), known: new Set<string>(), urls: [''], write: (line: JournalEntry) => { lines.push(line) } }
  await runProgram(program, () => book.operations > 0 || book.wrong.length > 0)
  return { wrong: book.wrong, told: lines.map(({ answer }) => answer) }
}

it('writes an answer that is a defect into the book of what is wrong, and into the journal as one nobody can go by', async () => {
  expect(await played(DEFECT, YES)).toEqual({ wrong: ['ask faults_1: 500 {"code":"UNEXPECTED"}'], told: [null] })
})

it('has nothing against "not now"', async () => {
  expect(await played(NOT_NOW, YES)).toEqual({ wrong: [], told: [null, { ok: true, value: {}, replayed: false }] })
})
