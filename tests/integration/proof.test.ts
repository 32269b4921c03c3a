import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readGate, readProof, readSoak } from '@/lib/insights/queries'
import { testDatabase, type TestDatabase } from '../setup/test-database'

let database: TestDatabase
beforeAll(async () => { database = await testDatabase() })
beforeEach(() => database.rows('delete from invariant_check'))

const record = (over: Record<string, string> = {}) => {
  const row = { at: 'now()', seconds: '0.4', held: 'true', violations: `'{"I10": {"count": 0, "first": []}, "I2": {"count": 0, "first": []}}'`,
    placements_alive: '40', people_now: '30', people_ever: '900', wait_minutes: '75', waits: '20', ...over }
  return database.rows(`insert into invariant_check (${Object.keys(row).join(', ')}) values (${Object.values(row).join(', ')})`)
}

it('says before the first check that there was none', async () => {
  expect(await readProof()).toMatchObject({ check: null, stoppedSince: null })
})

it('tells of the newest check alone, I1 before I10', async () => {
  await record({ at: `now() - interval '1 minute'`, people_ever: '1' })
  await record()
  const { check, now } = await readProof()
  expect(check).toMatchObject({ late: false, placementsAlive: 40, peopleNow: 30, peopleEver: 900, waitMinutes: 75,
    results: [{ id: 'I2', violations: 0 }, { id: 'I10', violations: 0 }] })
  expect(now.getTime() - (check?.at.getTime() ?? 0)).toBeLessThan(60_000)
})

it('shows no number behind which somebody might be seen', async () => {
  await record({ placements_alive: '4', people_now: '1', people_ever: '0', waits: '4' })
  expect((await readProof()).check).toMatchObject({ placementsAlive: null, peopleNow: null, peopleEver: null, waitMinutes: null })
})

it('hands on how many rows are wrong and never which', async () => {
  const id = 'b7f0c1de-0000-7000-8000-000000000001'
  await record({ held: 'false', violations: `'{"I3": {"count": 1, "first": [{"what": "live without a hold", "id": "${id}"}]}}'` })
  const proof = await readProof()
  expect(proof.check?.results).toEqual([{ id: 'I3', violations: 1 }])
  expect(JSON.stringify(proof)).not.toContain(id)
})

it('says that the watch is away when the last check is old, by the clock of the database', async () => {
  await record({ at: `now() - interval '6 minutes'` })
  expect((await readProof()).check?.late).toBe(true)
})

it('reads the gate as it stands', async () => {
  expect((await readGate()).stoppedSince).toBeNull()
  await database.rows(`update approval_gate set stopped_since = now(), reasons = '{I3}'`)
  const { stoppedSince, now } = await readGate()
  expect(Math.abs((stoppedSince?.getTime() ?? 0) - now.getTime())).toBeLessThan(60_000)
  await database.rows(`update approval_gate set stopped_since = null, reasons = '{}'`)
})

describe('the summary of the soak', () => {
  let folder: string
  beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'qonaq-soak-')) })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is not there before one was run', async () => {
    expect(await readSoak(join(folder, 'nowhere'))).toBeNull()
    expect(await readSoak(folder)).toBeNull()
  })

  it('is the newest one', async () => {
    await writeFile(join(folder, '2026-11-23.json'), '{"date": "2026-11-23", "lost": 1}')
    await writeFile(join(folder, '2026-11-24.json'), '{"date": "2026-11-24", "lost": 0}')
    expect(await readSoak(folder)).toEqual({ date: '2026-11-24', lost: 0 })
  })

  it('is left out, and the page stands, when the newest one is broken', async () => {
    await writeFile(join(folder, '2026-11-25.json'), '{"date": "2026-11-25", "lost": ')
    expect(await readSoak(folder)).toBeNull()
  })
})
