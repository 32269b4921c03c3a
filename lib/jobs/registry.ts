import 'server-only'
import type { CronItem, TaskList } from 'graphile-worker'
import { checkInvariantsJob } from './check-invariants'
import { deliverMessageJob } from './deliver-message'
import { eraseJob } from './erase'
import { expireVettingJob } from './expire-vetting'
import { lapseDueJob } from './lapse-due'
import { playRoundJob } from './play-round'
import { pruneJob } from './prune'
import { rehearseJob } from './rehearse'
import { remindDueJob } from './remind-due'
import { retryMessagesJob } from './retry-messages'

/** Every job there is. Letters are taken into the queue from the table of messages (`queue_messages`). */
export const TASKS: TaskList = {
  deliver_message: deliverMessageJob,
  lapse_due: lapseDueJob,
  remind_due: remindDueJob,
  retry_messages: retryMessagesJob,
  check_invariants: checkInvariantsJob,
  prune: pruneJob,
  erase: eraseJob,
  expire_vetting: expireVettingJob,
  rehearse: rehearseJob,
  play_round: playRoundJob,
}

/** What runs by the clock, in UTC. A run that is still waiting is not queued twice. */
export const SCHEDULE: CronItem[] = [
  { task: 'lapse_due', match: '* * * * *', options: { jobKey: 'lapse_due', maxAttempts: 1 } },
  { task: 'remind_due', match: '* * * * *', options: { jobKey: 'remind_due', maxAttempts: 1 } },
  { task: 'retry_messages', match: '* * * * *', options: { jobKey: 'retry_messages', maxAttempts: 1 } },
  // a queue of its own: a check that takes longer than a minute is not overtaken
  { task: 'check_invariants', match: '* * * * *', options: { jobKey: 'check_invariants', queueName: 'check_invariants', maxAttempts: 1 } },
  { task: 'prune', match: '17 21 * * *', options: { jobKey: 'prune', maxAttempts: 5, backfillPeriod: 86_400_000 } },
  { task: 'expire_vetting', match: '11 * * * *', options: { jobKey: 'expire_vetting', maxAttempts: 5, backfillPeriod: 86_400_000 } },
  { task: 'erase', match: '41 * * * *', options: { jobKey: 'erase', maxAttempts: 5, backfillPeriod: 86_400_000 } },
]
