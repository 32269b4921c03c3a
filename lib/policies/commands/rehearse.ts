import 'server-only'
import { z } from 'zod'
import { can } from '@/lib/auth/rules'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { SILENT_SECONDS } from '../queries/versions'
import type { RehearsedDays } from '../schema'
import { changeOnce, type Change } from './draft'

const rehearsalSchema = z.object({ rehearsal: z.uuid() })
type Asked = Change & { draftId: string; days: RehearsedDays }

/** One rehearsal of a draft for each number of days; one that failed or has fallen silent begins anew. */
async function wantRehearsal(tx: Tx, { actor, draftId, days }: Asked): Promise<{ id: string; isNew: boolean }> {
  const [row] = await tx.$queryRaw<{ id: string; isNew: boolean }[]>`
    insert into rehearsal as known (draft_id, days, asked_by, total) values (${draftId}::uuid, ${days}::int, ${actor.userId}::uuid, ${2 * days}::int)
    on conflict (draft_id, days) do update set state = 'WAITING', done = 0, told_at = now()
      where known.state = 'FAILED' or known.state <> 'DONE' and known.told_at < now() - make_interval(secs => ${SILENT_SECONDS}::int)
    returning id::text, true as "isNew"`
  if (row) return row
  const known = await tx.rehearsal.findUniqueOrThrow({ where: { draftId_days: { draftId, days } }, select: { id: true } })
  return { ...known, isNew: false }
}

/**
 * Asks for a rehearsal of a draft; the worker plays it. Asked again it answers the one there is.
 *
 * @throws AppError NOT_FOUND when there is no such draft in the cities the actor leads.
 */
export async function askRehearsal(request: Asked) {
  const { actor, draftId } = request
  return changeOnce({ change: request, operation: 'policy.rehearse' }, rehearsalSchema, async (tx) => {
    const draft = await tx.policyDraft.findUnique({ where: { id: draftId }, select: { cityId: true } })
    if (!draft || !can(actor, 'policy:edit', { cityIds: [draft.cityId] })) throw new AppError('NOT_FOUND')
    const { id, isNew } = await wantRehearsal(tx, request)
    if (isNew) await tx.$queryRaw`select queue_rehearsal(${id}::uuid)::text`
    const event = { action: 'policy.rehearsed' as const, subject: { city: draft.cityId, draft: draftId, rehearsal: id } }
    return { value: { rehearsal: id }, event: isNew ? event : null }
  })
}
