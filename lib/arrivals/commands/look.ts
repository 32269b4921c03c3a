import 'server-only'
import { can } from '@/lib/auth/rules'
import type { CoordinatorScope } from '@/lib/auth/session'
import { db } from '@/lib/db/client'

/**
 * Keeps the minute in which rooms were last looked for, so that the guest sees that somebody does. No event and no new
 * version: nobody decides by it. Where the request is just being changed it is left out rather than waited for.
 */
export async function noteLook({ actor }: CoordinatorScope, arrival: { id: string; cityIds: readonly string[] }): Promise<void> {
  if (!can(actor, 'queue:read', { cityIds: arrival.cityIds })) return
  await db.$executeRaw`
    update arrival set looked_at = now() where id in (
      select id from arrival where id = ${arrival.id}::uuid and state in ('OPEN', 'OFFERED', 'PLACED')
        and (looked_at is null or looked_at < now() - interval '1 minute')
      for no key update skip locked)`
}
