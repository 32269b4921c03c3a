import 'server-only'
import { can, type UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { policyInForce } from '@/lib/db/policies'
import { AppError } from '@/lib/errors'
import { DEFAULT_POLICY, type Policy } from '@/lib/matching/policy'
import { policyOfDraft } from '../rules'
import { outcomeSchema, REHEARSED_DAYS, weightsSchema, type ShownRehearsal, type Weights } from '../schema'

const VERSIONS_SHOWN = 50
const DRAFTS_SHOWN = 10

/** The policy a city decides by now; the one every city begins with where it has adopted none. */
export async function readPolicy(cityId: string): Promise<Policy> {
  return policyInForce(cityId)
}

/** A version a city has decided by. The first of every city was adopted by nobody. */
export interface PolicyVersion {
  version: number
  name: string
  adopted: { at: Date; byName: string } | null
  returnedTo: number | null
}

/** Weights somebody put together, with what was rehearsed. */
export interface PolicyDraft {
  id: string
  cityId: string
  basedOn: number
  name: string
  weights: Weights
  madeAt: Date
  byName: string
  /** The version they became; null while they are a draft. */
  adoptedAs: number | null
  rehearsals: ShownRehearsal[]
}

/** Seconds after which a rehearsal that tells nothing is taken for lost. */
export const SILENT_SECONDS = 60

function requireLead(actor: UserActor, cityId: string): void {
  if (!can(actor, 'policy:edit', { cityIds: [cityId] })) throw new AppError('NOT_FOUND')
}

/** What a city has decided by, newest first, down to the one every city begins with. @throws AppError NOT_FOUND out of reach. */
export async function listVersions(actor: UserActor, cityId: string): Promise<PolicyVersion[]> {
  requireLead(actor, cityId)
  const rows = await db.policy.findMany({
    where: { cityId }, orderBy: { version: 'desc' }, take: VERSIONS_SHOWN,
    include: { draft: { select: { name: true } }, adopter: { select: { name: true } } },
  })
  const own = rows.map(({ version, draft, adopter, adoptedAt, returnedTo }) => (
    { version, name: draft.name, adopted: { at: adoptedAt, byName: adopter.name }, returnedTo }))
  const { name, version } = DEFAULT_POLICY
  return [...own, { version, name, adopted: null, returnedTo: null }]
}

/** Weights a city has decided by, to look at or to return to; `null` for a version it never had. */
export async function readVersion(actor: UserActor, { cityId, version }: { cityId: string; version: number }): Promise<Policy | null> {
  requireLead(actor, cityId)
  if (version === DEFAULT_POLICY.version) return DEFAULT_POLICY
  const row = await db.policy.findUnique({ where: { cityId_version: { cityId, version } }, include: { draft: true } })
  return row ? { name: row.draft.name, version, ...weightsSchema.parse(row.draft) } : null
}

/** Drafts of a city that were not adopted, newest first. */
export async function listDrafts(actor: UserActor, cityId: string): Promise<{ id: string; name: string; madeAt: Date; byName: string }[]> {
  requireLead(actor, cityId)
  const rows = await db.policyDraft.findMany({
    where: { cityId, adopted: null }, orderBy: [{ madeAt: 'desc' }, { id: 'desc' }], take: DRAFTS_SHOWN,
    select: { id: true, name: true, madeAt: true, maker: { select: { name: true } } },
  })
  return rows.map(({ maker, ...row }) => ({ ...row, byName: maker.name }))
}

/** A draft with its rehearsals. @throws AppError NOT_FOUND when there is none in the actor's cities. */
export async function readDraft(actor: UserActor, draftId: string): Promise<PolicyDraft> {
  const row = await db.policyDraft.findUnique({
    where: { id: draftId },
    include: { maker: { select: { name: true } }, adopted: { select: { version: true } }, rehearsals: { orderBy: { days: 'asc' } } },
  })
  if (!row) throw new AppError('NOT_FOUND')
  requireLead(actor, row.cityId)
  const silent = await listSilent(draftId)
  return {
    id: row.id, cityId: row.cityId, basedOn: row.basedOn, name: row.name, weights: weightsSchema.parse(row),
    madeAt: row.madeAt, byName: row.maker.name, adoptedAs: row.adopted?.version ?? null,
    rehearsals: row.rehearsals.map(({ id, days, state, done, total, outcome }) => ({
      id, days: REHEARSED_DAYS.find((known) => known === days) ?? REHEARSED_DAYS[0], state, done, total,
      silent: silent.includes(id), outcome: outcome === null ? null : outcomeSchema.parse(outcome),
    })),
  }
}

// the database's clock wrote when it was told, so the database's clock says how long ago
async function listSilent(draftId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    select id from rehearsal where draft_id = ${draftId}::uuid and state in ('WAITING', 'RUNNING')
      and told_at < now() - make_interval(secs => ${SILENT_SECONDS}::int)`
  return rows.map(({ id }) => id)
}

/** What a rehearsal compares, for whom and how far back. */
export interface AskedRehearsal {
  cityId: string
  days: number
  inForce: Policy
  draft: Policy
}

/** What a rehearsal compares: the policy in force and the draft; `null` when it is gone. */
export async function readRehearsal(rehearsalId: string): Promise<AskedRehearsal | null> {
  const row = await db.rehearsal.findUnique({ where: { id: rehearsalId }, include: { draft: true } })
  if (!row) return null
  const { cityId, name, basedOn } = row.draft
  const draft = policyOfDraft({ name, basedOn, weights: weightsSchema.parse(row.draft) })
  return { cityId, days: row.days, inForce: await policyInForce(cityId), draft }
}
