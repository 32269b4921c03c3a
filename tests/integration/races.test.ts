import { beforeAll, describe, expect, it, test } from 'vitest'
import { listPairs } from '../faults/races/pairs'
import { runRaces, type RaceReport } from '../faults/races/run-races'

const PAIRS = listPairs()
const MINUTES_5 = 300_000
const connectionString = process.env['DATABASE_URL'] ?? ''

let report: RaceReport

beforeAll(async () => {
  report = await runRaces({ connectionString })
  if (process.env['RACES_SHOW']) process.stdout.write(`${report.pairs.map((pair) => JSON.stringify(pair)).join('\n')}\n`)
}, MINUTES_5)

describe('two who meet come to what one after the other comes to', () => {
  test.each(PAIRS.map(({ one, other, on }) => [one.name, other.name, on]))('%s and %s, on the same %s', (one, other) => {
    const raced = report.pairs.filter((pair) => pair.one === one && pair.other === other)
    expect(raced).toHaveLength(1)
    expect(report.failures.filter((line) => line.startsWith(`${one} and ${other} `))).toEqual([])
  })

  it('without a deadlock, an error or a statement that does not hold', () => {
    expect(report.failures).toEqual([])
  })
})
