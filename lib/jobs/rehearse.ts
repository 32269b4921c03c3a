import 'server-only'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { log } from '@/lib/log'
import { partySize } from '@/lib/matching/party'
import type { BothSides, Rehearsed } from '@/lib/matching/rehearsal-day'
import { failRehearsal, finishRehearsal, rehearseLater, takeRehearsal, tellRehearsal } from '@/lib/policies/commands/play'
import { readPast } from '@/lib/policies/queries/snapshot'
import { oneOfFew } from './reckoning'
import type { ThreadMessage } from './rehearsal-worker'

const payloadSchema = z.object({ rehearsalId: z.uuid() })
/** The server half of React, as in all our programs, whatever this process was started with. */
const FLAGS = ['--conditions=react-server']
const LIMITS = { maxOldGenerationSizeMb: 1_024 }
const MOST_MS = 600_000
/** Between two words to the database, milliseconds. */
const TELL_EVERY_MS = 300

/** Plays both sides in a thread of its own, so that letters and clocks go on meanwhile. @throws Error when it ends without them. */
function playInThread(rehearsed: Rehearsed, tell: (played: number) => void): Promise<BothSides> {
  const worker = new Worker(new URL('./rehearsal-thread.mjs', import.meta.url), { workerData: rehearsed, execArgv: FLAGS, resourceLimits: LIMITS })
  return new Promise<BothSides>((done, fail) => {
    const tooLong = setTimeout(() => { fail(new Error('the rehearsal took too long')) }, MOST_MS)
    worker.on('message', (message: ThreadMessage) => {
      if ('played' in message) tell(message.played)
      else done(message.sides)
    })
    worker.on('error', fail)
    worker.on('exit', () => {
      clearTimeout(tooLong)
      fail(new Error('the rehearsal ended without a result'))
    })
  }).finally(() => worker.terminate())
}

/** Writes how far it is, not oftener than anybody looks; a word that cannot be written is followed by the next. */
function teller(rehearsalId: string): (played: number) => void {
  let last = -Infinity
  return (played) => {
    if (performance.now() - last < TELL_EVERY_MS) return
    last = performance.now()
    tellRehearsal(rehearsalId, played).catch((error: unknown) => { log.warn({ rehearsal: rehearsalId, err: error }, 'progress could not be written') })
  }
}

/**
 * Plays one rehearsal and keeps what came out. One that is done is left alone; a worker that died is followed by another.
 * While two other reckonings are under way here it waits its turn.
 *
 * @throws Error when it could not be played: it is marked as failed, and the queue tries again.
 */
export async function rehearseJob(payload: unknown): Promise<void> {
  const { rehearsalId } = payloadSchema.parse(payload)
  await oneOfFew(() => rehearse(rehearsalId), () => rehearseLater(rehearsalId))
}

async function rehearse(rehearsalId: string): Promise<void> {
  const asked = await takeRehearsal(rehearsalId)
  if (asked === null) return
  const { cityId, days, inForce, draft } = asked
  try {
    const past = await readPast(cityId, days)
    const sides = await playInThread({ past, inForce, draft }, teller(rehearsalId))
    const persons = past.parties.reduce((sum, { need }) => sum + partySize(need), 0)
    await finishRehearsal(rehearsalId, { ...past.days, rooms: past.rooms.length, persons, version: inForce.version, ...sides })
    log.info({ rehearsal: rehearsalId, parties: past.parties.length, rooms: past.rooms.length, days }, 'rehearsed')
  } catch (error) {
    await failRehearsal(rehearsalId)
    throw error
  }
}
