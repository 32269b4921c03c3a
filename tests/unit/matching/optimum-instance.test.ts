import assert from 'node:assert/strict'
import { describe, expect, test } from 'vitest'
import { solveOptimum } from '@/lib/matching/optimum/solver'
import { InstanceError, readInstance, readInstanceFile } from '../../bench/match-instance'
import { createLines } from '../../bench/match-lines'
import { problemOf as sentenceOf, readOptions } from '../../bench/match-options'

function problemOf(text: string): string {
  try {
    readInstance(text)
  } catch (error) {
    if (error instanceof InstanceError) return error.message
    throw error
  }
  return 'nothing wrong'
}

describe('an instance file', () => {
  test('is read line by line: weights, rooms and fits', () => {
    const edges = readInstance('2 3\n5 2:7 0:0\n4 0:1 1:9\n')
    expect(edges).toMatchObject({ arrivals: 2, rooms: 3 })
    expect([...edges.weights]).toEqual([5, 4])
    expect([...edges.starts]).toEqual([0, 2, 4])
    expect([...edges.roomOf]).toEqual([0, 2, 0, 1])
    expect([...edges.fits]).toEqual([0, 7, 1, 9])
    expect(solveOptimum(edges)).toMatchObject({ assigned: 2, weight: 9, fit: 16 })
  })

  test.each([
    ['lines that end as on Windows', '1 1\r\n5 0:7\r\n', 1],
    ['no last line end', '1 1\n5 0:7', 1],
    ['empty lines at the end', '1 1\n5 0:7\n\n \n', 1],
    ['several blanks and tabs', ' 1  1\n 5\t0:7 ', 1],
    ['a weight of nothing', '1 1\n0 0:7\n', 1],
    ['no arrivals', '0 4\n', 0],
    ['no rooms', '1 0\n5\n', 0],
    ['an arrival without a choice', '2 1\n5\n3 0:2\n', 1],
  ])('may have %s', (_, text, assigned) => {
    expect(solveOptimum(readInstance(text)).assigned).toBe(assigned)
  })

  test.each([
    ['nothing in it', '', 'line 1: the file is empty; it begins with the numbers of arrivals and rooms'],
    ['one size', '3\n', 'line 1: two numbers are wanted, arrivals and rooms, not 1'],
    ['words for sizes', 'n m\n', 'line 1: the number of arrivals "n" is not a whole number from 0 to 100000000'],
    ['a negative size', '-1 2\n', 'line 1: the number of arrivals "-1" is not a whole number from 0 to 100000000'],
    ['a size no machine holds', '1 999999999\n1\n', 'line 1: the number of rooms 999999999 is not from 0 to 100000000'],
    ['a line missing', '2 1\n5 0:7\n', 'line 3: arrival 2 of 2 is missing'],
    ['a line too many', '1 1\n5 0:7\n5 0:7\n', 'line 3: more lines than the 1 arrivals of line 1'],
    ['an empty line between', '2 1\n\n5 0:7\n', 'line 2: the weight is missing'],
    ['a negative weight', '1 1\n-1 0:7\n', 'line 2: the weight "-1" is not a whole number from 0 to 9007199254740991'],
    ['empty lines for arrivals', '3 1\n5 0:7\n\n\n', 'line 3: arrival 2 of 3 is missing'],
    ['words behind a fit', '1 1\n5 0:7x\n', 'line 2: a fit "7x" is not a whole number from 0 to 2147483647'],
    ['a weight with a point', '1 1\n1.5 0:7\n', 'line 2: the weight "1.5" is not a whole number from 0 to 9007199254740991'],
    ['a room out of range', '1 2\n5 2:7\n', 'line 2: a room 2 is not from 0 to 1'],
    ['a negative room', '1 2\n5 -1:7\n', 'line 2: a room "-1" is not a whole number from 0 to 1'],
    ['a negative fit', '1 2\n5 1:-7\n', 'line 2: a fit "-7" is not a whole number from 0 to 2147483647'],
    ['a fit with a point', '1 2\n5 1:7.0\n', 'line 2: a fit "7.0" is not a whole number from 0 to 2147483647'],
    ['a fit too large to keep', '1 2\n5 1:2147483648\n', 'line 2: a fit 2147483648 is not from 0 to 2147483647'],
    ['a number of too many digits', '1 2\n99999999999999999 1:2\n', 'line 2: the weight "99999999999999999" is not a whole number from 0 to 9007199254740991'],
    ['a room named twice', '2 2\n5 1:7\n5 0:1 1:7 0:2\n', 'line 3: room 0 is named twice'],
    ['a room without a fit', '1 2\n5 1\n', 'line 2: "1" is not room:fit'],
    ['a pair of three', '1 2\n5 1:2:3\n', 'line 2: "1:2:3" is not room:fit'],
    ['a room without a number', '1 2\n5 :3\n', 'line 2: a room "" is not a whole number from 0 to 1'],
  ])('with %s is refused, and the line is named', (_, text, problem) => {
    expect(problemOf(text)).toBe(problem)
  })

  test('with numbers that cannot be exact together is refused', () => {
    const edges = readInstance('1 1\n9007199254740991 0:9\n')
    expect(() => solveOptimum(edges)).toThrow('too large to be exact')
  })
})

describe('a file in pieces', () => {
  test('gives the same lines wherever it is cut', () => {
    const text = '2 3\r\n\n5 2:7 0:0\n\n \n'
    for (let cut = 0; cut <= text.length; cut += 1) {
      const lines = createLines([Buffer.from(text.slice(0, cut)), Buffer.from(text.slice(cut))])
      expect([1, 2, 3, 4].map(() => lines.next()?.toString().trim())).toEqual(['2 3', '', '5 2:7 0:0', undefined])
    }
  })
})

describe('what is told of a slip', () => {
  const fail = (sentence: string): never => {
    throw new Error(sentence)
  }

  test.each([
    [['--instance', '--json'], '--instance wants the name of a file after it'],
    [['--json', '--instance'], '--instance wants the name of a file after it'],
    [['--sizes', '--json'], '--sizes wants a value after it'],
  ])('%j is one sentence', (args, sentence) => {
    expect(() => readOptions(args, fail)).toThrow(new Error(sentence))
  })

  test('a file that is not there cannot be read; an assertion that fails is no fault of the file', () => {
    const errorOf = (work: () => unknown) => {
      try {
        return work()
      } catch (error) {
        return error
      }
    }
    expect(sentenceOf(errorOf(() => readInstanceFile('/no/such/file')), 'x')).toContain('x cannot be read: ENOENT')
    expect(sentenceOf(errorOf(() => assert.equal(1, 2)), 'x')).toBeUndefined()
  })
})
