import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { soakSchema } from '@/lib/insights/schema'
import { mergeParts } from '../../faults/kept'
import { counted, type PartReport } from '../../faults/part'
import { conclude, datedReport, PROMISED } from '../../faults/report'

function part(name: string, done: Partial<PartReport> = {}): PartReport {
  return {
    name, seed: 7, seconds: 1, operations: 0, acknowledged: 0, kills: killed({}), violations: counted([]), lost: counted([]), duplicated: counted([]),
    checks: [], figures: {}, ...done,
  }
}
const killed = (kills: Partial<PartReport['kills']>) => ({ postgres: 0, web: 0, worker: 0, backends: 0, ...kills })

const WHOLE = [
  part('naive', { operations: 10_000, figures: { naiveViolations: 500 } }),
  part('commands', { operations: 1_000_000 }), part('http', { operations: 50_000 }),
  part('crash', { operations: 20_000, kills: killed({ postgres: 200 }) }), part('web', { kills: killed({ web: 200 }) }),
]
const but = (name: string, done: Partial<PartReport>) => WHOLE.map((one) => (one.name === name ? { ...one, ...done } : one))

describe('what was promised', () => {
  it('is kept by the parts it was promised for', () => {
    expect(conclude(WHOLE, PROMISED.full).failures).toEqual([])
  })

  it.each([
    ['commands', { operations: 999_999 }, '1000000 operations by commands'],
    ['http', { operations: 49_999 }, '50000 operations by http'],
    ['crash', { kills: killed({ postgres: 199 }) }, '200 kills of PostgreSQL by crash'],
    ['web', { kills: killed({ web: 199 }) }, '200 kills of web processes by web'],
  ])('is not made up for by others: %s', (name, done, words) => {
    const others = [part('model', { operations: 10_000 }), part('control', { operations: 99_999, kills: killed({ postgres: 9, web: 9 }) })]
    expect(conclude([...but(name, done), ...others], PROMISED.full).failures).toEqual([expect.stringContaining(`promised: ${words} (`)])
  })

  it('is less in the short form, and not made up for by the naive arm', () => {
    const short = (operations: number) => [
      part('naive', { operations: 2_000, figures: { naiveViolations: 500 } }), part('http', { operations: 1_500 }),
      part('crash', { operations, kills: killed({ postgres: 10 }) }), part('web', { kills: killed({ web: 10 }) }),
    ]
    expect(conclude(short(18_500), PROMISED.short).failures).toEqual([])
    expect(conclude(short(18_499), PROMISED.short).failures).toEqual([expect.stringContaining('20000 operations by crash and http (19999)')])
  })
})

describe('parts that are merged', () => {
  let folder: string
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'qonaq-kept-')) })
  afterAll(() => rm(folder, { recursive: true }))

  async function merged(parts: readonly PartReport[], title: object = { seed: 7, length: 'full', version: '9fcadb9' }) {
    for (const one of parts) await writeFile(join(folder, `${one.name}.json`), JSON.stringify(one))
    await writeFile(join(folder, 'run'), JSON.stringify(title))
    return mergeParts(folder, WHOLE.map(({ name }) => name))
  }

  it('are dated by the run that left them, also where their files do not say of which they are', async () => {
    for (const parts of [WHOLE, WHOLE.map((one) => ({ ...one, version: '9fcadb9' }))]) {
      const { title, ...run } = await merged(parts)
      expect(title).toEqual({ seed: 7, length: 'full', version: '9fcadb9' })
      expect(run.failures).toEqual([])
      const dated = datedReport({ date: '2022-10-01', commit: title.version, seed: title.seed }, run)
      expect(soakSchema.parse(dated)).toMatchObject({ commit: '9fcadb9', seeds: { run: 7 }, postgresKills: 200, commands: { operations: 1_000_000 } })
    }
  })

  it.each([{ version: 'a992ebc' }, { seed: 8 }])('are of one run: a mixture is refused: %o', async (of) => {
    await expect(merged(but('http', of))).rejects.toThrow(/not all of it: http \(/)
  })

  it('are those of a run at full length', async () => {
    await expect(merged(WHOLE, { seed: 7, length: 'short', version: '9fcadb9' })).rejects.toThrow('not at full length')
  })
})
