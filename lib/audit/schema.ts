/** How long an event is kept before its subject ids are cut: with the case, a year, or as long as the chain. */
export type RetentionClass = 'CASE' | 'YEAR' | 'CHAIN'

/** Every event there is. An event that is not listed here is refused by a test. */
export const AUDIT_EVENTS = {
  'arrival.requested': 'CASE',
  'arrival.entered': 'CASE',
  'arrival.link-renewed': 'CASE',
  'arrival.withdrawn': 'CASE',
  'arrival.reopened': 'CASE',
  'arrival.erased': 'CHAIN',
  'plan.proposed': 'CASE',
  'placement.yes': 'CASE',
  'placement.second-yes': 'CASE',
  'placement.arrived': 'CASE',
  'placement.departed': 'CASE',
  'placement.declined': 'CASE',
  'placement.lapsed': 'CASE',
  'placement.cancelled': 'CASE',
  'placement.not-arrived': 'CASE',
  'placement.nights-changed': 'CASE',
  'extension.asked': 'CASE',
  'extension.answered': 'CASE',
  'reveal.opened': 'YEAR',
  'host.offered': 'YEAR',
  'host.changed': 'YEAR',
  'host.paused': 'YEAR',
  'host.resumed': 'YEAR',
  'host.visited': 'YEAR',
  'host.vetted': 'YEAR',
  'host.check-recorded': 'YEAR',
  'host.vetting-ended': 'YEAR',
  'room.changed': 'YEAR',
  'opening.changed': 'YEAR',
  'staff.changed': 'CHAIN',
  'staff.ended': 'CHAIN',
  'token.made': 'CHAIN',
  'token.revoked': 'CHAIN',
  'session.started': 'YEAR',
  'session.ended': 'YEAR',
} as const satisfies Record<string, RetentionClass>

export type AuditEvent = keyof typeof AUDIT_EVENTS
