import 'server-only'
import { db } from '@/lib/db/client'
import { log } from '@/lib/log'

/** Every minute: puts messages back into the queue whose job is gone or hangs on a worker that died. */
export async function retryMessagesJob(): Promise<void> {
  const [row] = await db.$queryRaw<{ queued: number }[]>`select retry_messages() as queued`
  if (row && row.queued > 0) log.warn({ messages: row.queued }, 'messages queued again')
}
