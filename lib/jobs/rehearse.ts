import 'server-only'
import { z } from 'zod'
import { rehearse } from '@/lib/policies/commands/rehearse'

const payloadSchema = z.object({ rehearsalId: z.uuid() })

/** Plays one rehearsal. A throw asks the queue to run it again, later each time. */
export async function rehearseJob(payload: unknown): Promise<void> {
  const { rehearsalId } = payloadSchema.parse(payload)
  await rehearse(rehearsalId)
}
