/**
 * Counts typing slips between two words: a letter missing, added, wrong, or swapped with its neighbour.
 *
 * Optimal string alignment distance (a Damerau–Levenshtein distance in which no letter is edited twice):
 * L. Boytsov, "Indexing methods for approximate dictionary searching", ACM JEA 16, 2011.
 *
 * @param most slips that still interest the caller; lets hopeless pairs be dropped unread.
 * @returns the number of slips, or `most + 1` when there are more.
 */
export function countTypos({ typed, meant, most }: { typed: string; meant: string; most: number }): number {
  if (Math.abs(typed.length - meant.length) > most) return most + 1

  let older: number[] = []
  let last = Array.from({ length: meant.length + 1 }, (_, column) => column)
  for (let row = 1; row <= typed.length; row += 1) {
    const next = nextRow({ typed, meant, row, last, older })
    older = last
    last = next
  }
  return Math.min(at(last, meant.length), most + 1)
}

type Step = { typed: string; meant: string; row: number; last: number[]; older: number[] }

function nextRow({ typed, meant, row, last, older }: Step): number[] {
  const next = [row]
  for (let column = 1; column <= meant.length; column += 1) {
    const wrong = typed[row - 1] === meant[column - 1] ? 0 : 1
    const plain = Math.min(at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + wrong)
    const swapped = areSwapped({ typed, meant, row, column }) ? at(older, column - 2) + 1 : plain
    next.push(Math.min(plain, swapped))
  }
  return next
}

function areSwapped({ typed, meant, row, column }: { typed: string; meant: string; row: number; column: number }) {
  if (row < 2 || column < 2) return false
  return typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1]
}

function at(row: number[], column: number): number {
  const value = row[column]
  if (value === undefined) throw new RangeError(`no column ${column}`)
  return value
}
