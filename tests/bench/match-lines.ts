import { closeSync, openSync, readSync } from 'node:fs'

/** Lines without their ends, one after the other; undefined once only blank ones are left. */
export interface Lines {
  next: () => Buffer | undefined
}

/** One line of numbers, used again for each: a room and its fit stand side by side in `pairs`. */
export interface Row {
  weight: number
  pairs: number[]
  /** The number of the line that named a room last. */
  namedBy: Int32Array
}

export const LARGEST_FIT = 2 ** 31 - 1
const PIECE = 2 ** 20
const [NEWLINE, BLANK, TAB, RETURN, COLON, ZERO] = [10, 32, 9, 13, 58, 48]
/** Digits that are surely exact. */
const MOST_DIGITS = 15

/** A file, piece by piece, so that it is never held whole. */
export function* piecesOf(path: string): Generator<Buffer> {
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE)
      const length = readSync(file, piece, 0, PIECE, null)
      if (length === 0) return
      yield piece.subarray(0, length)
    }
  } finally {
    closeSync(file)
  }
}

export function createLines(pieces: Iterable<Buffer>): Lines {
  const raw = linesOf(pieces)
  /** Blank lines passed over before `held`, still to be given. */
  let blanks = 0
  let held: Buffer | undefined
  const next = () => {
    held ??= nextFull()
    if (held === undefined) return undefined
    if (blanks > 0) {
      blanks -= 1
      return Buffer.alloc(0)
    }
    const line = held
    held = undefined
    return line
  }
  const nextFull = () => {
    blanks = 0
    for (let step = raw.next(); step.done !== true; step = raw.next()) {
      if (!isBlank(step.value)) return step.value
      blanks += 1
    }
    return undefined
  }
  return { next }
}

function* linesOf(pieces: Iterable<Buffer>): Generator<Buffer, undefined> {
  let begun: Buffer[] = []
  for (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(NEWLINE); end >= 0; end = piece.indexOf(NEWLINE, start)) {
      const rest = piece.subarray(start, end)
      yield begun.length === 0 ? rest : Buffer.concat([...begun, rest])
      begun = []
      start = end + 1
    }
    if (start < piece.length) begun.push(piece.subarray(start))
  }
  if (begun.length > 0) yield Buffer.concat(begun)
  return undefined
}

function isBlank(line: Buffer): boolean {
  const first = line[0]
  if (first !== undefined && first > BLANK && first < 128) return false
  return line.toString().trim() === ''
}

/**
 * Reads `weight room:fit room:fit …` from its bytes, without a string for each number.
 *
 * @returns false when the line is not plainly right; what is wrong is for the caller to find out.
 */
export function readRow(bytes: Buffer, row: Row, number: number): boolean {
  const cursor = { bytes, at: 0 }
  row.pairs.length = 0
  skipBlanks(cursor)
  row.weight = readDigits(cursor)
  if (row.weight < 0) return false
  while (skipBlanks(cursor)) {
    const room = readDigits(cursor)
    if (room < 0 || room >= row.namedBy.length || row.namedBy[room] === number || bytes[cursor.at] !== COLON) return false
    cursor.at += 1
    const fit = readDigits(cursor)
    if (fit < 0 || fit > LARGEST_FIT) return false
    row.namedBy[room] = number
    row.pairs.push(room, fit)
  }
  return cursor.at === bytes.length
}

interface Cursor {
  bytes: Buffer
  at: number
}

/** Goes to the next word; false when there is none, or no blank before it. */
function skipBlanks(cursor: Cursor): boolean {
  const from = cursor.at
  let byte = cursor.bytes[cursor.at]
  while (byte === BLANK || byte === TAB || byte === RETURN) byte = cursor.bytes[(cursor.at += 1)]
  return cursor.at > from && cursor.at < cursor.bytes.length
}

/** The whole number here, or -1. */
function readDigits(cursor: Cursor): number {
  const from = cursor.at
  let value = 0
  for (let digit = cursor.bytes[cursor.at]! - ZERO; digit >= 0 && digit <= 9; digit = cursor.bytes[(cursor.at += 1)]! - ZERO) value = value * 10 + digit
  const digits = cursor.at - from
  return digits === 0 || digits > MOST_DIGITS ? -1 : value
}
