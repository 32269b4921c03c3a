import 'server-only'
import { db } from '@/lib/db/client'
import { readRehearsal, type AskedRehearsal } from '../queries/versions'
import type { RehearsalOutcome } from '../schema'

/** Takes a rehearsal to be played; `null` where it is done or gone. One that a worker has died over is taken again. */
export async function takeRehearsal(rehearsalId: string): Promise<AskedRehearsal | null> {
  const taken = await db.$executeRaw`
    update rehearsal set state = 'RUNNING', done = 0, told_at = now() where id = ${rehearsalId}::uuid and state <> 'DONE'`
  return taken === 0 ? null : readRehearsal(rehearsalId)
}

/** Says how many days of both sides are played, so that whoever looks sees that it goes on. */
export async function tellRehearsal(rehearsalId: string, played: number): Promise<void> {
  await db.$executeRaw`update rehearsal set done = ${played}::int, told_at = now() where id = ${rehearsalId}::uuid and state = 'RUNNING'`
}

/** Keeps what came out. */
export async function finishRehearsal(rehearsalId: string, outcome: RehearsalOutcome): Promise<void> {
  await db.$executeRaw`
    update rehearsal set state = 'DONE', done = total, told_at = now(), outcome = ${JSON.stringify(outcome)}::jsonb
    where id = ${rehearsalId}::uuid and state = 'RUNNING'`
}

/** Marks one that could not be played: it may be asked for again. */
export async function failRehearsal(rehearsalId: string): Promise<void> {
  await db.$executeRaw`update rehearsal set state = 'FAILED' where id = ${rehearsalId}::uuid and state <> 'DONE'`
}

/** Asks for a rehearsal again in a moment, for a worker whose hands are full; until then it has not fallen silent. */
export async function rehearseLater(rehearsalId: string): Promise<void> {
  await db.$queryRaw`
    with waits as (update rehearsal set told_at = now() where id = ${rehearsalId}::uuid and state = 'WAITING' returning id)
    select queue_rehearsal(id, interval '2 seconds')::text from waits`
}
