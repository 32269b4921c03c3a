import type { ClientBase } from 'pg'
import { z } from 'zod'
import { laterDay, type Day } from '@/lib/time/day'
import { readStatement } from './statements'
import { ERLAN } from './people'
import { WAS_CONFIRMED, type SeedPlan } from './stays'

const answerSchema = z.object({
  code: z.literal('OK'), planId: z.uuid().optional(), placementIds: z.array(z.uuid()).optional(), confirmed: z.boolean().optional(),
})
type Answer = z.infer<typeof answerSchema>

/** Calls one transition. @throws ZodError when it is refused: the world was told wrongly, and nothing of it is written. */
async function call(client: ClientBase, statement: string, values: unknown[]): Promise<Answer> {
  const { rows } = await client.query<{ answer: unknown }>(`select ${statement} as answer`, values)
  return answerSchema.parse(rows[0]?.answer, { error: () => `${statement}: ${JSON.stringify(rows[0]?.answer)}` })
}

/** Stands where the hash of a form stands. */
const HASH = 'seed'

function legsOf({ legs, nights }: SeedPlan, today: Day): string {
  // nights that are over cannot be proposed; the stay is dated back once it stands
  const from = laterDay(nights.from, today)
  return JSON.stringify(legs.map(({ room, adults, childrenAges, reasons }) => (
    { roomId: room.id, from, until: nights.until, adults, childrenAges, reasons })))
}

async function sayYes(client: ClientBase, plan: SeedPlan, placementId: string): Promise<boolean> {
  const { id, host, arrival, times } = plan
  const sides = [
    { side: 'GUEST', actor: `arrival:${arrival.id}`, user: null, said: times.guestYes },
    { side: 'HOST', actor: `user:${host.userId}`, user: host.userId, said: times.hostYes },
  ].filter(({ said }) => said !== null)
  let confirmed = false
  for (const { side, actor, user } of sides) {
    const answer = await call(client, `say_yes($1, $2, $3, $4, $5, $6, 'LINK')`, [actor, `${id}:${side}`, HASH, placementId, side, user])
    confirmed = answer.confirmed === true
  }
  return confirmed
}

async function moveIn(client: ClientBase, { id, arrival, state, asksUntil, proposedBy }: SeedPlan, placementIds: string[]): Promise<void> {
  const [first] = placementIds
  if (state !== 'ARRIVED') return
  await call(client, 'record_arrived($1, $2, $3, $4)', [`user:${proposedBy}`, `${id}:arrived`, HASH, first])
  const guest = `arrival:${arrival.id}`
  for (const placementId of placementIds) await call(client, `reveal_field($1, $2, 'GUEST', null, 'ADDRESS')`, [guest, placementId])
  if (asksUntil !== null) await call(client, 'ask_extension($1, $2, $3, $4, $5)', [guest, `${id}:longer`, HASH, first, asksUntil])
}

/** Plays one plan from the proposal to where it stands now. @returns its id in the database. */
async function playPlan(client: ClientBase, plan: SeedPlan, today: Day): Promise<string> {
  const { id, proposedBy, arrival, legs, state, needsSecond } = plan
  const kind = legs.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE'
  const { planId = '', placementIds = [] } = await call(client, 'propose_plan($1, $2, $3, array[$7], $4, $5, $6)',
    [proposedBy, `${id}:propose`, HASH, arrival.id, kind, legsOf(plan, today), arrival.cityId])
  const second = () => call(client, 'second_yes($1, $2, $3, $4, $5)', [ERLAN.id, `${id}:second`, HASH, ERLAN.cityIds, placementIds[0]])
  // before the others: what is over was written already, so that the host's first guests may not seem to be the first
  if (WAS_CONFIRMED.includes(state) && needsSecond) await second()
  const confirmed = await sayYes(client, plan, placementIds[0] ?? '')
  if (WAS_CONFIRMED.includes(state) && !confirmed) await second()
  await moveIn(client, plan, placementIds)
  return planId
}

async function todaysOf(client: ClientBase): Promise<Map<string, Day>> {
  const { rows } = await client.query<{ id: string; today: Day }>('select id, city_today(id)::text as today from city')
  return new Map(rows.map(({ id, today }) => [id, today]))
}

function momentsOf({ nights, times }: SeedPlan, planId: string) {
  return {
    plan_id: planId, from_date: nights.from, proposed_at: times.proposed, deadline: times.deadline, host_yes_at: times.hostYes,
    guest_yes_at: times.guestYes, second_at: times.second, confirmed_at: times.confirmed, arrived_at: times.arrived,
  }
}

/**
 * Plays live plans by the product's own transition functions, in the order they were proposed, and dates them back.
 *
 * @returns ids of the plans that still wait for an answer, so that their clocks can be set.
 */
export async function playPlans(client: ClientBase, plans: readonly SeedPlan[]): Promise<string[]> {
  const todays = await todaysOf(client)
  const moments = []
  const waiting: string[] = []
  for (const plan of plans) {
    const planId = await playPlan(client, plan, todays.get(plan.arrival.cityId) ?? plan.nights.from)
    moments.push(momentsOf(plan, planId))
    if (plan.state === 'PROPOSED') waiting.push(planId)
  }
  await client.query(await readStatement('backdate'), [JSON.stringify(moments)])
  return waiting
}
