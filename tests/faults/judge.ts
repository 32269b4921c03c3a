import { listViolations } from './checks'
import type { JournalEntry } from './journal'

/** What is said of a database after a soak. */
export interface Verdict {
  violations: string[]
  lost: string[]
  duplicated: string[]
}

/** I1 to I12 by the database itself. */
export async function judge(connectionString: string, _journal: readonly JournalEntry[]): Promise<Verdict> {
  return { violations: await listViolations(connectionString), lost: [], duplicated: [] }
}
