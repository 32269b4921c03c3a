import { buildEdges, type Edges } from '@/lib/matching/optimum/edges'
import { createLines, LARGEST_FIT, piecesOf, readRow, type Lines, type Row } from './match-lines'

/** What is wrong with an instance file, in words for who wrote it; `line` counts from 1. */
export class InstanceError extends Error {
  constructor(readonly line: number, problem: string) {
    super(`line ${line}: ${problem}`)
    this.name = 'InstanceError'
  }
}

/** Far more than one machine can hold; a number beyond it is a slip of the pen. */
const MOST = 100_000_000
const WHOLE = /^\d{1,16}$/

/**
 * Reads a plain text instance: first `n m`; then one line for each of the n arrivals, `weight room:fit room:fit …`. Whole
 * numbers, weights from 0, rooms from 0 to m - 1, each at most once in a line, fits from 0. Empty lines at the end are let be.
 *
 * @throws InstanceError at the first line that is wrong. @throws RangeError when the numbers together are too large to be exact.
 */
export function readInstance(text: string): Edges {
  return readLines(createLines([Buffer.from(text)]))
}

/** The same, a piece of the file at a time. @throws Error with the system's words when the file cannot be read. */
export function readInstanceFile(path: string): Edges {
  return readLines(createLines(piecesOf(path)))
}

function readLines(lines: Lines): Edges {
  const { arrivals, rooms } = readSizes(lines.next()?.toString())
  const weights = new Float64Array(arrivals)
  const row: Row = { weight: 0, pairs: [], namedBy: new Int32Array(rooms) }
  const listRooms = (arrival: number, add: (room: number, fit: number) => void) => {
    const bytes = lines.next()
    if (bytes === undefined) throw new InstanceError(arrival + 2, `arrival ${arrival + 1} of ${arrivals} is missing`)
    if (!readRow(bytes, row, arrival + 1)) spellRow(bytes.toString(), row, { line: arrival + 2, rooms })
    weights[arrival] = row.weight
    for (let at = 0; at < row.pairs.length; at += 2) add(row.pairs[at]!, row.pairs[at + 1]!)
  }
  const edges = buildEdges({ arrivals, rooms, weights, listRooms })
  if (lines.next() !== undefined) throw new InstanceError(arrivals + 2, `more lines than the ${arrivals} arrivals of line 1`)
  return edges
}

/** A line word by word: what `readRow` did not understand, and what is wrong with it. */
function spellRow(text: string, row: Row, { line, rooms }: { line: number; rooms: number }): void {
  const [weight, ...pairs] = wordsOf(text)
  row.weight = readWhole(weight, { line, what: 'the weight', from: 0, to: Number.MAX_SAFE_INTEGER })
  row.pairs.length = 0
  const named = new Set<number>()
  for (const pair of pairs) {
    const { room, fit } = readPair(pair, { line, rooms })
    if (named.has(room)) throw new InstanceError(line, `room ${room} is named twice`)
    named.add(room)
    row.pairs.push(room, fit)
  }
}

function readSizes(first: string | undefined): { arrivals: number; rooms: number } {
  if (first === undefined) throw new InstanceError(1, 'the file is empty; it begins with the numbers of arrivals and rooms')
  const words = wordsOf(first)
  if (words.length !== 2) throw new InstanceError(1, `two numbers are wanted, arrivals and rooms, not ${words.length}`)
  const size = (what: string, word: string | undefined) => readWhole(word, { line: 1, what, from: 0, to: MOST })
  return { arrivals: size('the number of arrivals', words[0]), rooms: size('the number of rooms', words[1]) }
}

function readPair(pair: string, { line, rooms }: { line: number; rooms: number }): { room: number; fit: number } {
  const [room, fit, more] = pair.split(':')
  if (fit === undefined || more !== undefined) throw new InstanceError(line, `"${pair}" is not room:fit`)
  return {
    room: readWhole(room, { line, what: 'a room', from: 0, to: rooms - 1 }),
    fit: readWhole(fit, { line, what: 'a fit', from: 0, to: LARGEST_FIT }),
  }
}

function readWhole(word: string | undefined, { line, what, from, to }: { line: number; what: string; from: number; to: number }): number {
  if (word === undefined) throw new InstanceError(line, `${what} is missing`)
  const number = WHOLE.test(word) ? Number(word) : NaN
  if (Number.isNaN(number)) throw new InstanceError(line, `${what} "${word}" is not a whole number from ${from} to ${to}`)
  if (number < from || number > to) throw new InstanceError(line, `${what} ${word} is not from ${from} to ${to}`)
  return number
}

function wordsOf(line: string): string[] {
  return line.trim().split(/\s+/).filter((word) => word !== '')
}
