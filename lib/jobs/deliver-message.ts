import 'server-only'
import { z } from 'zod'
import { deliverMessage } from '@/lib/notifications/deliver'

const payloadSchema = z.object({ messageId: z.uuid() })

/** Sends one message. A throw asks the queue to run it again, later each time. */
export async function deliverMessageJob(payload: unknown): Promise<void> {
  const { messageId } = payloadSchema.parse(payload)
  if ((await deliverMessage(messageId)) === 'TRY_AGAIN') throw new Error('message not sent yet')
}
