import { parseKeySync } from '@47ng/cloak'
import { checkInvariants } from '@/lib/db/invariants'
import { withClient } from './postgres'
import { storyOf } from './story'

/** How many violations are told with everything that led to them. */
const WITH_STORY = 3

/** I1 to I12 of a database at one moment, each violation in words: number, what, of whom. */
export async function listViolations(connectionString: string): Promise<string[]> {
  const keys = (process.env['QONAQ_SEAL_KEYS'] ?? '').split(',').filter(Boolean).map((key) => parseKeySync(key).fingerprint)
  return withClient(connectionString, async (client) => {
    // no worker runs here: what it does twice a second is done once before the look
    await client.query('select chain_audit(100000000)')
    await client.query('begin transaction isolation level repeatable read, read only')
    const answers = await checkInvariants(client, keys)
    const found = answers.flatMap(({ invariant, violations }) => violations.map(({ what, id }) => ({ line: `${invariant.id} ${what}: ${id}`, id })))
    const stories: string[][] = []
    for (const { id } of found.slice(0, WITH_STORY)) stories.push(await storyOf(client, id))
    return found.map(({ line }, index) => [line, ...(stories[index] ?? [])].join('\n  '))
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
