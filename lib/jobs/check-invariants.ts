import 'server-only'
import { env } from '@/lib/config/env'
import { recordSurvey, surveyInvariants, type Survey } from '@/lib/db/survey'
import { log } from '@/lib/log'
import { tellLeads } from '@/lib/notifications/commands'
import { fingerprintsOf } from '@/lib/db/fingerprints'
import { tieAllEvents } from './fill-queue'

function sayWhatWasFound({ findings, seconds }: Survey): void {
  const violated = findings.filter(({ violations }) => violations > 0).map(({ id, violations, first }) => ({ id, violations, first }))
  if (violated.length > 0) log.warn({ violated, seconds }, 'invariants are violated')
}

/**
 * Every minute: asks every invariant of one moment, keeps what was found, and closes the gate before approvals while one
 * that is about the truth is violated. When the gate moves the log says so once and the leads get a letter; the pages say
 * it all the time.
 *
 * @throws Error when the database could not be asked: the gate stays as it was, the next minute asks again.
 */
export async function checkInvariantsJob(): Promise<void> {
  // a worker that was away finds events of that time: they are late, not lost
  await tieAllEvents()
  const survey = await surveyInvariants({ connectionString: env.DATABASE_URL, sealKeys: fingerprintsOf(env.QONAQ_SEAL_KEYS) })
  const { open, moved } = await recordSurvey(env.DATABASE_URL, survey)
  sayWhatWasFound(survey)
  if (!moved) return
  log[open ? 'warn' : 'error']({ at: survey.when }, open ? 'approvals are open again' : 'approvals are stopped')
  await tellLeads({ news: open ? 'opened' : 'stopped' })
}
