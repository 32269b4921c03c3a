import 'server-only'
import { z } from 'zod'
import { AppError } from '@/lib/errors'
import type { Tx } from '@/lib/db/transaction'
import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { weightsSchema } from '../schema'
import { changeOnce, insertDraft, lockCity, Refused, requireInForce, type Change } from './draft'

const adoptedSchema = z.object({ city: z.string(), version: z.int() })

interface NewVersion { cityId: string; version: number; draftId: string; returnedTo: number | null }

async function insertVersion(tx: Tx, { actor }: Change, { cityId, version, draftId, returnedTo }: NewVersion) {
  await tx.policy.create({ data: { cityId, version, draftId, returnedTo, adoptedById: actor.userId } })
  return { value: { city: cityId, version }, event: { action: 'policy.adopted' as const, subject: { city: cityId, version, draft: draftId } } }
}

/**
 * From now on a city decides by a draft. What was decided before keeps the version it was decided under.
 *
 * @returns `NOT_REHEARSED` while no rehearsal of the draft is done, `ALREADY_IN_FORCE` when it was adopted before,
 *   `STALE_VERSION` when another version was adopted since it was drawn.
 * @throws AppError NOT_FOUND when there is no such draft in the cities the actor leads.
 */
export async function adoptPolicy(request: Change & { draftId: string }) {
  const { draftId } = request
  return changeOnce({ change: request, operation: 'policy.adopt' }, adoptedSchema, async (tx) => {
    const found = await tx.policyDraft.findUnique({ where: { id: draftId }, select: { cityId: true, basedOn: true } })
    if (!found) throw new AppError('NOT_FOUND')
    await lockCity(tx, request, found.cityId)
    if (await tx.policy.findUnique({ where: { draftId } })) throw new Refused('ALREADY_IN_FORCE')
    const inForce = await requireInForce(tx, found)
    if (!(await tx.rehearsal.findFirst({ where: { draftId, state: 'DONE' } }))) throw new Refused('NOT_REHEARSED')
    return insertVersion(tx, request, { cityId: found.cityId, version: inForce + 1, draftId, returnedTo: null })
  })
}

async function weightsOfVersion(tx: Tx, cityId: string, version: number) {
  if (version === DEFAULT_POLICY.version) return DEFAULT_POLICY
  const row = await tx.policy.findUnique({ where: { cityId_version: { cityId, version } }, include: { draft: true } })
  if (!row) throw new AppError('NOT_FOUND')
  return { name: row.draft.name, ...weightsSchema.parse(row.draft) }
}

/**
 * Decides again by the weights of an older version, as a new one. Needs no rehearsal: what they do is known, and whoever
 * goes back may be in a hurry.
 *
 * @param basedOn the version in force as the form was drawn.
 * @returns `STALE_VERSION` when another version was adopted meanwhile, `ALREADY_IN_FORCE` for the version in force.
 * @throws AppError NOT_FOUND for a city the actor does not lead, or a version it never had.
 */
export async function returnToPolicy(request: Change & { cityId: string; version: number; basedOn: number }) {
  const { cityId, version, basedOn } = request
  return changeOnce({ change: request, operation: 'policy.return' }, adoptedSchema, async (tx) => {
    await lockCity(tx, request, cityId)
    const inForce = await requireInForce(tx, request)
    if (version === inForce) throw new Refused('ALREADY_IN_FORCE')
    const { name, ...weights } = await weightsOfVersion(tx, cityId, version)
    const draftId = await insertDraft(tx, request, { cityId, basedOn, name, weights })
    return insertVersion(tx, request, { cityId, version: inForce + 1, draftId, returnedTo: version })
  })
}
