import 'server-only'
import { DEFAULT_POLICY, type Policy } from '@/lib/matching/policy'
import { db } from './client'

type Row = Policy & { cityId: string }

/**
 * What cities decide by: the last version each has adopted, or the one every city begins with. Here and not in a domain,
 * because the queries of several domains weigh with it and none may ask another's.
 */
export async function policiesInForce(cityIds: readonly string[]): Promise<(cityId: string | undefined) => Policy> {
  const rows = await db.$queryRaw<Row[]>`
    select city_id as "cityId", name, version, wishes, priority, scales from policy_in_force
    where city_id = any (${[...cityIds]}::text[])`
  const known = new Map(rows.map(({ cityId, ...policy }) => [cityId, policy]))
  return (cityId) => known.get(cityId ?? '') ?? DEFAULT_POLICY
}

/** What one city decides by; an arrival is weighed by the policy of the city it wants most. */
export async function policyInForce(cityId: string | undefined): Promise<Policy> {
  const policyOf = await policiesInForce(cityId === undefined ? [] : [cityId])
  return policyOf(cityId)
}
