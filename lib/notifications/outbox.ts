import 'server-only'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { env } from '@/lib/config/env'
import { now } from '@/lib/time/clock'
import { OUTBOX_FOLDER, type Letter, type OutboxLetter } from './schema'

/**
 * Puts a letter into the demo's local outbox instead of sending it. Named by its id: written twice, it lies there once.
 */
export async function keepInOutbox(letter: Letter): Promise<void> {
  const folder = join(env.QONAQ_DATA_DIR, OUTBOX_FOLDER)
  const kept: OutboxLetter = { ...letter, at: now().toISOString() }
  await mkdir(folder, { recursive: true })
  const draft = join(folder, `${letter.id}.draft`)
  await writeFile(draft, JSON.stringify(kept, null, 2), { mode: 0o600 })
  // moved there whole: a reader never sees half a letter
  await rename(draft, join(folder, `${letter.id}.json`))
}
