import type { Asked, AuditEvent } from './events'
import type { Act } from './predict'
import { change, type PlacementState, type World } from './world'

/** Events that change nothing the model knows. */
const NOTHING = [
  'arrival.requested', 'arrival.entered', 'arrival.link-renewed', 'reveal.opened', 'host.offered', 'session.started', 'session.ended',
  'staff.changed', 'staff.ended', 'token.made', 'token.revoked', 'approvals.stopped', 'approvals.opened',
]

type Reader = (event: AuditEvent, asked: Asked, world: World) => Act | string

const id = (given: string | undefined) => given ?? ''

function ending(to: PlacementState): Reader {
  return ({ actor, subject: { placement, side, reason } }, { closes }) => {
    const close = closes.get(`${id(placement)} ${to}`)
    if (close === undefined || side === undefined || reason === undefined) return 'nobody in the journal asked for it'
    return { operation: 'placement.release', actor, request: { placementId: id(placement), to, side, reason, close } }
  }
}

/** Silence: the plan's time was up, whatever its clock says by now. */
function lapsed({ subject }: AuditEvent, _asked: Asked, world: World): Act | string {
  const planId = world.placements.get(id(subject.placement))?.planId
  if (planId === undefined) return 'the model has no such proposal'
  change(world.plans, planId, { deadline: world.now })
  return { operation: 'plan.lapse', actor: 'system', request: { planId } }
}

function proposed({ actor, subject }: AuditEvent, { proposals }: Asked): Act | string {
  const found = proposals.get(id(subject.plan))
  if (found === undefined) return 'nobody in the journal asked for it'
  return { operation: 'plan.propose', actor, request: { ...found.proposal, made: { planId: id(subject.plan), placementIds: found.placementIds } } }
}

function grouped({ actor, subject }: AuditEvent, { groups }: Asked): Act | string {
  const arrivalIds = groups.get(id(subject.group))
  return arrivalIds === undefined ? 'nobody in the journal asked for it' : { operation: 'group.form', actor, request: { arrivalIds, groupId: id(subject.group) } }
}

/** A host's form says which version of the room it was drawn from, and only one form of a version is taken. */
function ofRoom({ actor, subject }: AuditEvent, { forms }: Asked, world: World): Act | string {
  const version = world.rooms.get(id(subject.room))?.version
  const form = forms.get(`${id(subject.room)} ${version ?? 0}`)
  return form === undefined ? 'nobody in the journal asked for it' : { ...form, actor }
}

function nightsChanged({ actor, subject: { placement, from, until, hostAgreed } }: AuditEvent): Act {
  const request = { placementId: id(placement), until: id(until), hostAgreed: hostAgreed !== undefined }
  if (from === undefined) return { operation: 'placement.extend', actor, request }
  // whoever moves a stay has spoken with the host, or keeps within the nights agreed: either way it was done
  return { operation: 'placement.move', actor, request: { ...request, from, hostAgreed: true } }
}

const READERS: Record<string, Reader> = {
  'plan.proposed': proposed,
  'placement.yes': ({ actor, subject: { placement, side, way } }) => (
    side === 'HOST' || side === 'GUEST'
      ? { operation: 'placement.yes', actor, request: { placementId: id(placement), side, way: way ?? 'LINK' } }
      : 'a yes of no side'),
  'placement.second-yes': ({ actor, subject }) => ({ operation: 'placement.second-yes', actor, request: { placementId: id(subject.placement) } }),
  'placement.arrived': ({ actor, subject }) => ({ operation: 'placement.arrived', actor, request: { placementId: id(subject.placement) } }),
  'placement.declined': ending('DECLINED'),
  'placement.cancelled': ending('CANCELLED'),
  'placement.not-arrived': ending('NOT_ARRIVED'),
  'placement.departed': ending('DEPARTED'),
  'placement.lapsed': lapsed,
  'placement.nights-changed': nightsChanged,
  'extension.asked': ({ actor, subject }) => (
    { operation: 'extension.ask', actor, request: { placementId: id(subject.placement), until: id(subject.until) } }),
  'extension.answered': ({ actor, subject }) => (
    { operation: 'extension.answer', actor, request: { placementId: id(subject.placement), agree: subject.agreed === true } }),
  'arrival.withdrawn': ({ actor, subject }) => ({ operation: 'arrival.withdraw', actor, request: { arrivalId: id(subject.arrival), erase: false } }),
  'arrival.erased': ({ actor, subject }) => ({ operation: 'arrival.withdraw', actor, request: { arrivalId: id(subject.arrival), erase: true } }),
  'arrival.reopened': ({ actor, subject }) => ({ operation: 'arrival.reopen', actor, request: { arrivalId: id(subject.arrival) } }),
  'group.formed': grouped,
  'host.paused': ({ actor, subject }) => ({ operation: 'host.pause', actor, request: { hostId: id(subject.host), paused: true } }),
  'host.resumed': ({ actor, subject }) => ({ operation: 'host.pause', actor, request: { hostId: id(subject.host), paused: false } }),
  'host.vetting-ended': ({ actor, subject }) => ({ operation: 'host.expire', actor, request: { hostId: id(subject.host) } }),
  'room.changed': ofRoom,
  'opening.changed': ofRoom,
}

/**
 * What was asked, by what the audit and the journal say together. `nothing` where the model knows nothing of it; other
 * words say why it cannot be played again.
 */
export function actOf(event: AuditEvent, asked: Asked, world: World): Act | string {
  if (NOTHING.includes(event.action)) return 'nothing'
  const read = READERS[event.action]
  if (read === undefined) return 'the model does not know this event'
  const isMissing = event.subject.placement !== undefined && event.action !== 'placement.lapsed' && !world.placements.has(event.subject.placement)
  return isMissing ? 'the model has no such stay alive' : read(event, asked, world)
}
