import 'server-only'
import type { Tx } from '@/lib/db/transaction'
import type { AuditEvent } from './schema'

/**
 * Appends an event to the chain, inside the caller's transaction and as its last step: the chain's head stays locked
 * until commit. `subject` holds ids only, never what names a person.
 */
export async function recordEvent(tx: Tx, event: { actor: string; action: AuditEvent; subject: Record<string, string | number> }) {
  await tx.$queryRaw`select add_audit(${event.actor}, ${event.action}, ${JSON.stringify(event.subject)}::jsonb)::text`
}
