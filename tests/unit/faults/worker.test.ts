import { expect, it, vi } from 'vitest'
import { reportOf, type Round } from '../../faults/commands'
import type { JournalEntry } from '../../faults/journal'
import type { Hand, Sent } from '../../faults/soak/attempt'
import { dice } from '../../faults/soak/dice'
import { soakWorker } from '../../faults/soak/worker'

const send = vi.hoisted(() => vi.fn<() => Promise<Sent>>())
vi.mock('../../faults/soak/deeds', () => ({
  hatOf: () => [{ name: 'ask', deed: () => ({
    operation: 'other.write', request: { operation: 'arrival.request' }, actor: 'anonymous', key: '1', learn: () => undefined, send }) }],
}))
vi.mock('../../faults/judge', () => ({ judge: vi.fn() }))
vi.mock('../../faults/soak/town', () => ({ buildTown: vi.fn() }))
vi.mock('../../faults/soak/crowd', () => ({ TOWN: null }))
vi.mock('../../faults/soak/under', () => ({ soakUnder: vi.fn() }))

/** What one person heard of the first thing they did. */
async function heard() {
  const [outcomes, lines] = [[] as string[], [] as JournalEntry[]]
  const memory = { look: () => Promise.resolve(), did: () => undefined }
  const hand = { dice: dice(1), memory, crowd: { rush: false }, write: (line: JournalEntry) => { lines.push(line) } } as unknown as Hand
  const told = { onAnswer: (name: string, outcome: string) => { outcomes.push(`${name}: ${outcome}`) }, onUnknown: () => undefined }
  await soakWorker(hand, told)(() => outcomes.length > 0)
  return { outcomes, lines }
}

function failuresOf(line: string): string[] {
  const round: Round = {
    seed: 1, operations: 1, acknowledged: 1, seconds: 1, tally: { [line]: 1 }, unknowns: { committed: 0, notCommitted: 0 }, kills: { server: 0, backends: 0 },
    recoveries: [], journal: () => Promise.resolve([]), violations: [], lost: [], duplicated: [],
  }
  return reportOf('commands', 1, [round]).checks.filter(({ ok }) => !ok).map(({ name }) => name)
}
const NAMED = 'every answer is a yes or a refusal with a name'

it('asks again while the way to the database is closed, and says nothing of it', async () => {
  send.mockRejectedValueOnce(new Error('connect ECONNREFUSED')).mockResolvedValueOnce({ ok: true, value: null })
  expect(await heard()).toMatchObject({ outcomes: ['ask: OK'], lines: [{ answer: null }, { answer: { ok: true } }] })
})

it('tells of whoever has had no answer for a minute, whatever stood in the way: it is an error', async () => {
  let now = 0
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 25_000))
  send.mockRejectedValue(new Error('connect ECONNREFUSED'))
  const { outcomes, lines } = await heard()
  expect(outcomes).toEqual([expect.stringMatching(/^ask: ERROR .*no answer in a minute/)])
  expect(lines.every(({ answer }) => answer === null)).toBe(true)
  expect(failuresOf(outcomes[0] ?? '')).toEqual([NAMED])
})

it('takes no answer for a name that nobody may hear', () => {
  expect(failuresOf('ask: OK')).toEqual([])
  expect(failuresOf('ask: ROOM_TAKEN')).toEqual([])
  expect(failuresOf('ask: KEY_REUSED')).toEqual([NAMED])
})
