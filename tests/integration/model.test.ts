import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { MUTANTS, withMutant } from '../faults/model/mutants'
import { runModel } from '../faults/model/run-model'
import { scratchDatabase } from '../setup/test-database'

const SEQUENCES = Number(process.env['MODEL_SEQUENCES'] ?? 2_000)
const SEED = Number(process.env['MODEL_SEED'] ?? Date.now() % 1_000_000)
const MINUTES_10 = 600_000

/** What a run must have heard: the way from the question to the door and out again, and each reason that shuts it. */
const HEARD = [
  'plan.propose: OK', 'placement.yes: OK', 'placement.second-yes: OK', 'placement.arrived: OK', 'placement.release: OK', 'placement.extend: OK', 'placement.move: OK', 'plan.propose-many: OK',
  'extension.ask: OK', 'extension.answer: OK', 'arrival.withdraw: OK', 'arrival.reopen: OK', 'host.pause: OK', 'plan.lapse: OK',
  'plan.propose: ROOM_TAKEN', 'plan.propose: ARRIVAL_TAKEN', 'plan.propose: NOT_OFFERED', 'plan.propose: HOST_PAUSED', 'plan.propose: REFUSED_BEFORE',
  'plan.propose: NOT_A_GROUP', 'plan.propose: NOT_ONE_HOME', 'plan.propose: BLOCKED', 'plan.propose: HOME_TO_VISIT', 'plan.propose: NO_LONGER_FITS', 'plan.propose: KEY_REUSED', 'plan.propose: APPROVALS_STOPPED',
  'placement.yes: LAPSED', 'placement.yes: STALE_VERSION', 'placement.second-yes: ALREADY_DECIDED', 'placement.release: TOO_EARLY',
  'placement.extend: NOT_OFFERED', 'placement.move: HOST_NOT_ASKED', 'opening.close: NIGHTS_HELD', 'room.change: BEDS_HELD', 'room.change: ROOM_HELD', 'home.address: HOME_OCCUPIED',
]

it('answers every sequence of acts as the model does, and stands afterwards as the model stands', async () => {
  const { connectionString } = await scratchDatabase('template')
  const { counterexample, answers, sequences } = await runModel({ connectionString, sequences: SEQUENCES, seed: SEED })
  expect(counterexample, `MODEL_SEED=${SEED}`).toBeNull()
  expect(sequences).toBe(SEQUENCES)
  if (SEQUENCES >= 2_000) expect(HEARD.filter((line) => answers[line] === undefined), `MODEL_SEED=${SEED}`).toEqual([])
}, MINUTES_10)

describe('a transition with one thing wrong is found out', () => {
  let client: Client
  let connectionString: string
  beforeAll(async () => {
    connectionString = (await scratchDatabase('template')).connectionString
    client = new Client({ connectionString })
    await client.connect()
  })
  afterAll(() => client.end())

  test.each(MUTANTS)('$name', async (mutant) => {
    const { counterexample } = await withMutant(client, mutant, () => (
      runModel({ connectionString, sequences: 1_500, seed: 1, shorterTries: 20 })))
    // another answer, or another world than the model's; a run that broke off would prove nothing
    expect(counterexample).toMatch(/^(the model expects|- |\+ )/m)
  }, MINUTES_10)
})
