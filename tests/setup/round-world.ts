import { DEFAULT_POLICY } from '@/lib/matching/policy'
import { playRoundJob } from '@/lib/jobs/play-round'
import type { UserActor } from '@/lib/auth/rules'
import { proposeMany } from '@/lib/placements/commands/propose-many'
import { refusalOf } from '@/lib/placements/commands/rule-refusal'
import { approveRound, type ApproveRound } from '@/lib/rounds/commands/approve'
import { startRound, type StartRound } from '@/lib/rounds/commands/start'
import { smallStays } from './small-stays'
import type { TestDatabase } from './test-database'

/** What became of a round's party, as its row says it. */
export interface Row {
  number: number
  kind: string | null
  state: string
  reason: string | null
  legs: { arrivalId: string; roomId: string; from: string; until: string }[]
  persons: number
  lostReason: string | null
  lostDetail: Record<string, unknown> | null
}

/** Rounds in a small world: started, played and approved through the commands and the job. */
export function roundWorld(database: TestDatabase) {
  const world = smallStays(database)

  /** Nobody waits and nothing is free any more: what an earlier test left is over. */
  async function empty() {
    await database.rows(`update arrival set state = 'CLOSED', closed_at = now() where state = 'OPEN'`)
    await database.rows('delete from hold')
    await database.rows('delete from opening')
    await database.rows(`update round set state = 'FAILED', failure = 'BROKEN', finished_at = now() where state in ('QUEUED', 'RUNNING')`)
  }

  const start = (actor: UserActor, over: Partial<StartRound> = {}) => startRound({
    ...world.once(), actor, cityIds: ['almaty'], withinNights: null, parties: ['GROUPS', 'FAMILIES', 'ADULTS'], groupsInPart: false,
    policy: DEFAULT_POLICY, ...over,
  })

  async function started(actor: UserActor, over: Partial<StartRound> = {}): Promise<string> {
    const answer = await start(actor, over)
    if (!answer.ok) throw new Error(answer.reason)
    return answer.value.round
  }

  async function played(actor: UserActor, over: Partial<StartRound> = {}): Promise<string> {
    const roundId = await started(actor, over)
    await playRoundJob({ roundId })
    return roundId
  }

  const roundOf = (roundId: string) => database.row('select * from round where id = $1', [roundId])
  const rowsOf = async (roundId: string) => (await database.rows(`select number, kind, state, reason, nearest, needs_decision, legs, persons,
    lost_reason as "lostReason", lost_detail as "lostDetail" from suggestion where round_id = $1 order by number`, [roundId])) as Row[]

  const approve = (actor: UserActor, roundId: string, over: Partial<ApproveRound> = {}) =>
    approveRound({ ...world.once(), actor, roundId, which: 'all', numbers: [], ...over }, { propose: proposeMany, refusalOf })

  return { ...world, empty, start, started, played, roundOf, rowsOf, approve }
}
