import 'server-only'
import { z } from 'zod'
import { actorLabel, type UserActor } from '@/lib/auth/rules'
import { once } from '@/lib/db/idempotency'
import { inTransaction } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { demandCities } from './start'

const stoppedSchema = z.object({ round: z.uuid() })

/**
 * Stops a round. One that runs ends within two seconds and keeps what it has found; one that waits never begins; one that
 * is over stays as it is.
 *
 * @throws AppError NOT_FOUND when it is not a round of the actor's towns.
 */
export async function stopRound({ actor, key, requestHash, roundId }: { actor: UserActor; key: string; requestHash: string; roundId: string }) {
  return inTransaction(async (tx) => once({ tx, actor: actorLabel(actor), key, operation: 'round.stop', requestHash }, stoppedSchema, async () => {
    const [round] = await tx.$queryRaw<{ cityIds: string[]; live: boolean }[]>`
      select city_ids as "cityIds", state in ('QUEUED', 'RUNNING') as live from round where id = ${roundId}::uuid for no key update`
    if (!round) throw new AppError('NOT_FOUND')
    demandCities(actor, round.cityIds)
    if (!round.live) return { value: { round: roundId }, event: null }
    await tx.$executeRaw`
      update round set stop_asked_at = coalesce(stop_asked_at, now()), state = case state when 'QUEUED' then 'STOPPED' else state end,
        finished_at = case state when 'QUEUED' then now() end where id = ${roundId}::uuid`
    return { value: { round: roundId }, event: { action: 'round.stopped', subject: { round: roundId } } }
  }))
}
