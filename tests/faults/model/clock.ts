import { OK, type Answer } from './answer'
import { end } from './end'
import { hostIdOf, isVettingOver, placementsWhere } from './look'
import { settle, settleAll } from './settle'
import { change, type Placement, type Side, type World } from './world'

/** What nobody does: the clock runs out. Each does nothing before its time, and nothing twice. */

/** Silence releases: what a plan past its deadline still asks lapses, with the side that was silent. */
export function lapse(world: World, planId: string): Answer {
  const plan = world.plans.get(planId)
  const isDue = plan !== undefined && plan.deadline <= world.now
  const asked = isDue ? placementsWhere(world, (one) => one.planId === planId && one.state === 'PROPOSED') : []
  for (const stay of asked) end(world, stay.id, { to: 'LAPSED', side: silentSide(world, stay), reason: 'NO_ANSWER' })
  settleAll(world, asked)
  return { code: 'OK', ended: asked.length }
}

function silentSide(world: World, { yeses }: Placement): Side {
  // nobody could say yes: that is nobody's silence but ours
  if (!world.approvalsOpen) return 'COORDINATOR'
  if (!yeses.includes('HOST')) return 'HOST'
  return yeses.includes('GUEST') ? 'COORDINATOR' : 'GUEST'
}

/** A vetting runs out: who is confirmed or there stays, who is only asked is let go, and nobody is blamed. */
export function expireVetting(world: World, hostId: string): Answer {
  const host = world.hosts.get(hostId)
  if (host === undefined || !isVettingOver(world, hostId)) return OK
  change(world.hosts, hostId, { state: 'APPLIED' })
  letGo(world, (one) => hostIdOf(world, one) === hostId)
  return OK
}

/** Cancels what is only asked, as ours and not as anybody's no. Answers how many. */
export function letGo(world: World, matches: (placement: Placement) => boolean): number {
  const asked = placementsWhere(world, (one) => one.state === 'PROPOSED' && matches(one))
  for (const { id, arrivalId } of asked) {
    end(world, id, { to: 'CANCELLED', side: 'COORDINATOR', reason: 'NO_LONGER_FITS' })
    settle(world, arrivalId)
  }
  return asked.length
}
