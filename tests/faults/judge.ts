import { listViolations } from './checks'
import type { JournalEntry } from './journal'
import { checkJournal } from './model/check-journal'
import { checkReplay } from './model/replay'

/** What is said of a database after a soak. */
export interface Verdict {
  /** I1 to I12 by the database itself, I14 by the model that does the same. */
  violations: string[]
  /** I13: what clients were told and is not there, or there twice. */
  lost: string[]
  duplicated: string[]
}

/**
 * Everything that must hold after a soak. Nobody may write meanwhile.
 *
 * @param replay false where the journal says more than the database can know, because commits were thrown away on purpose.
 */
export async function judge(connectionString: string, journal: readonly JournalEntry[], { replay = true }: { replay?: boolean } = {}): Promise<Verdict> {
  const violations = await listViolations(connectionString)
  const { lost, duplicated } = await checkJournal({ connectionString, journal })
  const { differences } = replay ? await checkReplay({ connectionString, journal }) : { differences: [] }
  return { violations: [...violations, ...differences.map((line) => `I14 ${line}`)], lost, duplicated }
}
