import { firstOf, refuse, type Answer } from './answer'
import { actingSide, answeredTogether, hostIdOf, homeIdOf, mayGoOn, type Known } from './look'
import { settleAll } from './settle'
import { change, rowOf, type Placement, type World } from './world'

export interface Yes {
  placementId: string
  side: 'HOST' | 'GUEST'
  way: 'LINK' | 'PHONE' | 'DESK'
  actor: string
  /** Version the form was drawn from; a link carries none. */
  version?: number
}

/** One of the three yeses (docs/adr/0006). The last of them confirms. */
export function sayYes(world: World, yes: Yes): Answer {
  const refusal = yesRefusal(world, yes)
  if (refusal !== null) return refuse(refusal)
  const together = spokenFor(world, rowOf(world.placements, yes.placementId), yes)
  for (const { id, yeses } of together) {
    if (!yeses.includes(yes.side)) change(world.placements, id, { yeses: [...yeses, yes.side] })
  }
  return confirmComplete(world, together)
}

/** What this yes speaks for: whoever writes it down for others says nothing of a home of their own. */
function spokenFor(world: World, stay: Placement, { side, way, actor }: Yes): Known<Placement>[] {
  return answeredTogether(world, stay, { side, state: 'PROPOSED' })
    .filter((one) => way === 'LINK' || actingSide(world, actor, hostIdOf(world, one)) !== 'HOST')
}

/** Said for a part of the plan, it is still to be said for the rest. */
function hasSaid(world: World, stay: Placement, yes: Yes): boolean {
  const isOpen = stay.state === 'PROPOSED' && spokenFor(world, stay, yes).some(({ yeses }) => !yeses.includes(yes.side))
  return stay.yeses.includes(yes.side) && !isOpen
}

function yesRefusal(world: World, yes: Yes): string | null {
  const { placementId, side, way, actor, version } = yes
  const stay = world.placements.get(placementId)
  if (!world.approvalsOpen) return 'APPROVALS_STOPPED'
  if (stay === undefined) return 'NOT_FOUND'
  return firstOf(
    ['ALREADY_DECIDED', () => hasSaid(world, stay, yes)],
    ...openRefusals(world, stay, version),
    // who hosts there speaks for themselves by their own link, and for nobody else
    ['OWN_HOME', () => way !== 'LINK' && actingSide(world, actor, hostIdOf(world, stay)) === 'HOST'],
    ['NO_ADDRESS', () => side === 'HOST' && rowOf(world.homes, homeIdOf(world, stay)).address === null],
  )
}

/** Every yes asks again whether the two may still come together, and nothing is recorded over what changed since. */
function openRefusals(world: World, stay: Placement, version: number | undefined) {
  return [
    ['NOT_OPEN', () => stay.state !== 'PROPOSED' || !mayGoOn(world, stay)],
    ['STALE_VERSION', () => version !== undefined && version !== stay.version],
    ['LAPSED', () => rowOf(world.plans, stay.planId).deadline <= world.now],
  ] as const
}

export interface SecondYes {
  placementId: string
  userId: string
  version?: number
}

/** A lead's second pair of eyes, for the whole plan but for a home of their own. Nobody approves twice. */
export function secondYes(world: World, yes: SecondYes): Answer {
  const refusal = secondRefusal(world, yes)
  if (refusal !== null) return refuse(refusal)
  const stay = rowOf(world.placements, yes.placementId)
  const together = answeredTogether(world, stay, { side: 'COORDINATOR', state: 'PROPOSED' })
    .filter((one) => rowOf(world.hosts, hostIdOf(world, one)).userId !== yes.userId)
  for (const { id, approvers } of together) {
    if (!approvers.includes(yes.userId)) change(world.placements, id, { approvers: [...approvers, yes.userId] })
  }
  return confirmComplete(world, together)
}

function secondRefusal(world: World, { placementId, userId, version }: SecondYes): string | null {
  const stay = world.placements.get(placementId)
  if (!world.approvalsOpen) return 'APPROVALS_STOPPED'
  if (stay === undefined) return 'NOT_FOUND'
  return firstOf(
    ...openRefusals(world, stay, version),
    ['NOT_A_LEAD', () => !isLead(world, userId)],
    ['OWN_HOME', () => rowOf(world.hosts, hostIdOf(world, stay)).userId === userId],
    ['ALREADY_DECIDED', () => stay.approvers.includes(userId)],
  )
}

function isLead(world: World, userId: string): boolean {
  const user = world.users.get(userId)
  return user !== undefined && !user.disabled && (user.role === 'LEAD' || user.role === 'ADMIN')
}

function confirmComplete(world: World, answered: readonly Known<Placement>[]): Answer {
  const complete = answered.filter(({ id }) => isComplete(world, rowOf(world.placements, id)))
  for (const { id, version } of complete) {
    change(world.placements, id, { state: 'CONFIRMED', version: version + 1 })
    change(world.hosts, hostIdOf(world, rowOf(world.placements, id)), { hasPlaced: true })
  }
  settleAll(world, answered)
  return { code: 'OK', confirmed: complete.length > 0 }
}

function isComplete(world: World, stay: Placement): boolean {
  return mayGoOn(world, stay) && stay.yeses.length === 3 && (!stay.needsSecond || stay.approvers.length >= 2)
}
