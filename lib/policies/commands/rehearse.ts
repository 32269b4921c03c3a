import 'server-only'
import { setImmediate as letOthersWork } from 'node:timers/promises'
import { z } from 'zod'
import { can } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import { AppError } from '@/lib/errors'
import { log } from '@/lib/log'
import { partySize } from '@/lib/matching/party'
import type { Policy } from '@/lib/matching/policy'
import { replay, type Past, type PastOutcome } from '@/lib/matching/rehearsal'
import { matchByPriority } from '@/lib/matching/rehearsal-day'
import { addUp } from '@/lib/matching/rehearsal-figures'
import { readPast } from '../queries/snapshot'
import { readRehearsal, SILENT_SECONDS } from '../queries/versions'
import type { RehearsalOutcome, RehearsedDays } from '../schema'
import { changeOnce, type Change } from './draft'

/** A day of the replay is told no sooner than this after the one before, so that telling costs nothing. */
const TELL_EVERY_MS = 300

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

/** Plays one side to its end, saying after each day how many it has played. */
async function play(past: Past, policy: Policy, tell: (played: number) => Promise<void>): Promise<PastOutcome[]> {
  const days = replay(past, { policy, match: matchByPriority })
  for (let played = 1; ; played += 1) {
    const next = days.next()
    if (next.done === true) return next.value
    await tell(played)
    await letOthersWork()
  }
}

function teller(rehearsalId: string): (done: number) => Promise<void> {
  let last = 0
  return async (done) => {
    if (performance.now() - last < TELL_EVERY_MS) return
    last = performance.now()
    await db.$executeRaw`update rehearsal set done = ${done}::int, told_at = now() where id = ${rehearsalId}::uuid and state = 'RUNNING'`
  }
}

async function playBoth(past: Past, { inForce, draft, tell, days }: { inForce: Policy; draft: Policy; tell: (done: number) => Promise<void>; days: number }) {
  return {
    inForce: addUp(await play(past, inForce, tell)),
    draft: addUp(await play(past, draft, (played) => tell(days + played))),
  }
}

/**
 * Plays a rehearsal and keeps what it found. Done twice it is done once: a worker that died is followed by another.
 *
 * @throws Error when it could not be played; it is marked as failed, and may be asked for again.
 */
export async function rehearse(rehearsalId: string): Promise<void> {
  const asked = await readRehearsal(rehearsalId)
  if (asked === null || asked.state === 'DONE') return
  const { cityId, days, inForce, draft } = asked
  try {
    await db.$executeRaw`update rehearsal set state = 'RUNNING', done = 0, told_at = now() where id = ${rehearsalId}::uuid and state <> 'DONE'`
    const past = await readPast(cityId, days)
    const sides = await playBoth(past, { inForce, draft, days, tell: teller(rehearsalId) })
    const persons = past.parties.reduce((sum, { need }) => sum + partySize(need), 0)
    const outcome: RehearsalOutcome = { ...past.days, rooms: past.rooms.length, persons, version: inForce.version, ...sides }
    await db.rehearsal.update({ where: { id: rehearsalId }, data: { state: 'DONE', done: 2 * days, outcome } })
    log.info({ rehearsal: rehearsalId, parties: past.parties.length, rooms: past.rooms.length, days }, 'rehearsed')
  } catch (error) {
    await db.$executeRaw`update rehearsal set state = 'FAILED' where id = ${rehearsalId}::uuid and state <> 'DONE'`
    throw error
  }
}
