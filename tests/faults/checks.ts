import { parseKeySync } from '@47ng/cloak'
import { checkInvariants } from '@/lib/db/invariants'
import { withClient } from './postgres'

/** I1 to I12 of a database at one moment, each violation in words: number, what, of whom. */
export async function listViolations(connectionString: string): Promise<string[]> {
  const keys = (process.env['QONAQ_SEAL_KEYS'] ?? '').split(',').filter(Boolean).map((key) => parseKeySync(key).fingerprint)
  return withClient(connectionString, async (client) => {
    // no worker runs here: what it does twice a second is done once before the look
    await client.query('select chain_audit(100000000)')
    await client.query('begin transaction isolation level repeatable read, read only')
    const answers = await checkInvariants(client, keys)
    return answers.flatMap(({ invariant, violations }) => violations.map(({ what, id }) => `${invariant.id} ${what}: ${id}`))
  })
}

/** How many there are of each statement: `{ I1: 12, I3: 4 }`. */
export function byStatement(violations: readonly string[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const line of violations) {
    const [id = '?'] = line.split(' ')
    sums[id] = (sums[id] ?? 0) + 1
  }
  return sums
}
