import { readFile, writeFile } from 'node:fs/promises'
import { Client } from 'pg'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { withMutant, type Mutant } from '../faults/model/mutants'
import { listPairs } from '../faults/races/pairs'
import { runRaces, type RaceReport } from '../faults/races/run-races'
import { raceTable } from '../faults/races/table'
import { scratchDatabase } from '../setup/test-database'

const PAIRS = listPairs()
const TABLE = 'docs/races.md'
const MINUTES_5 = 300_000
const MEETINGS = 20

let report: RaceReport

beforeAll(async () => {
  report = await runRaces({ connectionString: process.env['DATABASE_URL'] ?? '' })
  if (process.env['RACES_SHOW']) process.stdout.write(`${report.pairs.map((pair) => JSON.stringify(pair)).join('\n')}\n`)
  if (process.env['RACES_DOCS']) await writeFile(TABLE, raceTable(report.pairs))
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

  it('truly at one moment, but for a few', () => {
    expect(report.meetings).toBe(2 * PAIRS.length)
    expect(report.apart).toBeLessThan(report.meetings / 20)
  })

  it('and the table says how', async () => {
    expect(await readFile(TABLE, 'utf8')).toBe(raceTable(report.pairs))
  })
})

describe('transitions that forget to lock are found out', () => {
  const forget = (name: string): Mutant => ({ name, function: name, instead: ['for no key update', ''] })
  test.each([
    // either alone would do: what is not locked as the guest's is locked as the host's
    ['decline by host', 'decline by guest', [forget('lock_stay'), forget('lock_placements')]],
    ['propose', 'propose', [forget('lock_legs')]],
    ['propose', 'pause', [forget('lock_proposals')]],
  ] as const)('%s and %s', async (one, other, mutants) => {
    const { connectionString } = await scratchDatabase('template')
    const client = new Client({ connectionString })
    await client.connect()
    const pairs = PAIRS.filter((pair) => pair.one.name === one && pair.other.name === other)
    const broken = mutants.reduce((work, mutant) => () => withMutant(client, mutant, work), () => runRaces({ connectionString, pairs }))
    const failures: string[] = []
    // they must meet at the moment that is not locked any more, which not every meeting is
    for (let meeting = 0; meeting < MEETINGS && failures.length === 0; meeting += 1) failures.push(...(await broken()).failures)
    await client.end()
    expect(failures.length).toBeGreaterThan(0)
  }, MINUTES_5)
})
