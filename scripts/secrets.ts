import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { generateKey } from '@47ng/cloak'
import { z } from 'zod'
import { Refused } from './talk'

const KEY_BYTES = 32

const secretsSchema = z.object({
  databasePassword: z.string().min(16),
  NEXTAUTH_SECRET: z.string(),
  QONAQ_SEAL_KEYS: z.string(),
  QONAQ_INDEX_KEY: z.string(),
  QONAQ_TICKET_KEY: z.string(),
})

export type Secrets = z.infer<typeof secretsSchema>

/** Names of the secrets a server needs in its environment. */
export const SECRET_NAMES = ['NEXTAUTH_SECRET', 'QONAQ_SEAL_KEYS', 'QONAQ_INDEX_KEY', 'QONAQ_TICKET_KEY'] as const

/** Fresh secrets; nothing is derived from anything. */
export function makeSecrets(): Secrets {
  const key = () => randomBytes(KEY_BYTES).toString('base64url')
  return {
    databasePassword: key(),
    NEXTAUTH_SECRET: key(),
    QONAQ_SEAL_KEYS: generateKey(),
    QONAQ_INDEX_KEY: key(),
    QONAQ_TICKET_KEY: key(),
  }
}

/** Reads the demo's secrets; `null` before the first start. */
export async function readSecrets(dataDir: string): Promise<Secrets | null> {
  const file = join(dataDir, 'secrets.json')
  return existsSync(file) ? secretsSchema.parse(JSON.parse(await readFile(file, 'utf8'))) : null
}

/**
 * The demo's secrets, made once and kept beside its data for the owner's eyes only.
 *
 * @throws Refused when there is data but not the keys to it.
 */
export async function keepSecrets(dataDir: string): Promise<Secrets> {
  const kept = await readSecrets(dataDir)
  if (kept) return kept
  if (existsSync(join(dataDir, 'postgres'))) {
    throw new Refused(`${join(dataDir, 'secrets.json')} is missing and ${join(dataDir, 'postgres')} cannot be opened without it: put it back, or delete ${dataDir} to begin anew.`)
  }
  const file = join(dataDir, 'secrets.json')
  const secrets = makeSecrets()
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
  return secrets
}
