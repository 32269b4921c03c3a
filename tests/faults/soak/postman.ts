import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'

const ROUND_MS = 1_000

async function deliver(connectionString: string): Promise<void> {
  const client = new Client({ connectionString })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query('update message set delivered_at = now() where delivered_at is null')
    await client.query('select chain_audit(5000)')
    await client.query('delete from graphile_worker._private_jobs where locked_at is null')
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Takes the letters out in bulk, as the worker does one by one, chains the audit's events and empties the queue: this soak
 * is about promises, the one over HTTP has the real worker. A plan's clock is turned by the soak itself.
 */
export function startPostman(connectionString: string): { stop: () => Promise<void> } {
  const over = new AbortController()
  const rounds = (async () => {
    while (!over.signal.aborted) {
      // a server that is killed meanwhile: the next round
      await deliver(connectionString).catch(() => undefined)
      await pause(ROUND_MS)
    }
    await deliver(connectionString)
  })()
  return { stop: async () => {
    over.abort()
    await rounds
  } }
}
