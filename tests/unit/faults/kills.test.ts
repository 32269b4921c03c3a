import { describe, expect, it } from 'vitest'
import { KEY_MARK, killAt, MISSED, momentsChecks, type KillAt, type Moment } from '../../faults/http/kill-at'
import type { Fault } from '../../faults/tcp-proxy'
import { judgedBy, unknownsChecks } from '../../faults/unknowns'

const LONG = { operations: 0, kills: 200 }
const SHORT = { operations: 0, kills: 10 }
const namesOf = (checks: readonly { name: string; ok: boolean }[]) => checks.map(({ name, ok }) => `${name}: ${String(ok)}`)

describe('unknown outcomes', () => {
  it('are too few at full length when nobody watched', () => {
    expect(namesOf(unknownsChecks({ committed: 0, notCommitted: 0 }, LONG))).toEqual(['there was at least one unknown outcome for each kill: false'])
    expect(namesOf(unknownsChecks({ committed: 100, notCommitted: 99 }, LONG))[0]).toMatch(/: false$/)
    expect(namesOf(unknownsChecks({ committed: 100, notCommitted: 500 }, LONG))).toEqual([
      'there was at least one unknown outcome for each kill: true',
      'at least a tenth of the unknown outcomes had been committed: true', 'at least a tenth of the unknown outcomes had not: true',
    ])
  })

  it('may be few in the short form, which says so', () => {
    expect(unknownsChecks({ committed: 1, notCommitted: 2 }, SHORT)).toEqual([])
    expect(judgedBy({ committed: 1, notCommitted: 2 })).toBe('not at all: 3 of the 40 it takes')
    expect(namesOf(unknownsChecks({ committed: 0, notCommitted: 40 }, SHORT))[0]).toBe('some of the unknown outcomes had been committed: false')
    expect(judgedBy({ committed: 0, notCommitted: 40 })).toBe('some of both')
    expect(judgedBy({ committed: 60, notCommitted: 440 })).toBe('at least a tenth of both')
  })
})

/** A web process that dies when it is killed, and the network it speaks over. */
function process() {
  let [fault, die]: [Fault | null, () => void] = [null, () => undefined]
  const exited = new Promise<number>((done) => { die = () => { done(137) } })
  const network = { fault: (next: Fault) => { fault = next } }
  return {
    web: { kill: () => { die() }, exited, network } as unknown as KillAt['web'],
    say: (way: 'TO_SERVER' | 'TO_CLIENT', data: Buffer) => fault?.({ connection: 1, way, data, before: 0 }),
  }
}
const WRITE = Buffer.from(`select propose_plan('${KEY_MARK}1') as answer`)
// ready for the next query, in no transaction, after the end of a statement
const COMMITTED = Buffer.concat([Buffer.from('C\0\0\0\x0bCOMMIT\0'), Buffer.from('Z\0\0\0\x05I')])

describe('a kill', () => {
  it.each<[Moment, [way: 'TO_SERVER' | 'TO_CLIENT', data: Buffer][]]>([
    ['BEFORE', [['TO_SERVER', WRITE]]],
    ['INSIDE', [['TO_SERVER', WRITE]]],
    ['COMMITTED', [['TO_SERVER', WRITE], ['TO_CLIENT', COMMITTED]]],
  ])('counts as one of its moment when that was there: %s', async (moment, said) => {
    const { web, say } = process()
    const killed = killAt({ web, moment, random: () => 0 })
    for (const [way, data] of said) say(way, data)
    expect(await killed).toBe(moment)
  })

  it.concurrent.each<Moment>(['BEFORE', 'INSIDE', 'COMMITTED'])('by the clock is a kind of its own: %s', async (moment) => {
    expect(await killAt({ web: process().web, moment, random: () => 0 })).toBe(MISSED)
  })

  it('of each moment is demanded, some in the short form and half of the turns at full length', () => {
    const all = (times: number) => ({ BEFORE: times, INSIDE: times, COMMITTED: times, SOMETIME: times })
    expect(namesOf(momentsChecks({ ...all(25), MISSED: 100 }, LONG))).toEqual(['a web process died at each moment of a write at least 25 times: true'])
    expect(momentsChecks({ ...all(50), COMMITTED: 24, MISSED: 26 }, LONG)).toMatchObject([{ ok: false }])
    expect(momentsChecks({ ...all(3), COMMITTED: 0, MISSED: 2 }, SHORT)).toMatchObject([{ ok: false }])
    expect(momentsChecks({ MISSED: 3 }, { seconds: 5 })).toEqual([])
  })
})
