import { randomBytes } from 'node:crypto'
import { constants, existsSync } from 'node:fs'
import { access, mkdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
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
  if (!existsSync(file)) return null
  const text = await orRefuse(dataDir, () => readFile(file, 'utf8'))
  const secrets = secretsSchema.safeParse(parseJson(text))
  if (!secrets.success) {
    throw new Refused(`${file} is damaged: put back a copy of it, or delete ${dataDir} to begin anew.`)
  }
  return secrets.data
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

async function orRefuse<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === undefined) throw error
    throw new Refused(
      `${dataDir} cannot be read and written (${code}): give it to the user who starts Qonaq, or name another folder with QONAQ_DATA_DIR.`,
      { cause: error })
  }
}

/** What an earlier start made as another user, such as root, cannot be opened; better said before a database trips over it. */
async function demandOwnFolder(dataDir: string): Promise<void> {
  const folder = join(dataDir, 'postgres')
  await orRefuse(dataDir, async () => {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
    // as root the database runs as a user of its own
    const me = process.getuid?.() ?? 0
    if (me !== 0 && existsSync(folder) && (await stat(folder)).uid !== me) throw Object.assign(new Error(folder), { code: 'EPERM' })
  })
}

/**
 * The demo's secrets, made once and kept beside its data for the owner's eyes only.
 *
 * @throws Refused when there is data but not the keys to it, when they are damaged, and for a folder of somebody else.
 */
export async function keepSecrets(dataDir: string): Promise<Secrets> {
  await demandOwnFolder(dataDir)
  const kept = await readSecrets(dataDir)
  if (kept) return kept
  if (existsSync(join(dataDir, 'postgres'))) {
    throw new Refused(`${join(dataDir, 'secrets.json')} is missing and ${join(dataDir, 'postgres')} cannot be opened without it: put it back, or delete ${dataDir} to begin anew.`)
  }
  const file = join(dataDir, 'secrets.json')
  const secrets = makeSecrets()
  await orRefuse(dataDir, () => writeFile(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600, flag: 'wx' }))
  return secrets
}
