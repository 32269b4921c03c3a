import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Pool, type QueryResultRow } from 'pg'
import { withRetry } from '@/lib/db/transaction'
import { hashSecret, newToken } from '@/lib/privacy/secret'
import { seal } from '@/lib/privacy/seal'
import { OUR_CODE, startChild, type Child } from '../../../scripts/children'
import { prepareBuild } from '../../../scripts/prepare'
import { startMailServer, type MailServer } from '../../setup/smtp'
import type { TestDatabase } from '../../setup/test-database'
import { startWeb, type Web } from './web'

/** What parts over HTTP play on: a database with its owner's pool, a mail server, and processes of the product. */
export interface Stage extends Pick<TestDatabase, 'row' | 'rows'> {
  connectionString: string
  env: NodeJS.ProcessEnv
  mail: MailServer
  startWeb: (flags?: string[]) => Promise<Web>
  /** A worker that has begun to look for work. */
  startWorker: () => Promise<Child>
  /** A token of somebody's, as `npm run token` makes it. */
  tokenOf: (user: { userId: string; role: string; cityIds: readonly string[] }) => Promise<string>
  /** Gives a user or a guest a mailbox, so that letters go out. */
  giveMail: (table: 'user' | 'arrival', id: string) => Promise<void>
  stop: () => Promise<void>
}

async function startWorker(env: NodeJS.ProcessEnv): Promise<Child> {
  return new Promise((done, fail) => {
    const child = startChild({ args: [...OUR_CODE, 'scripts/worker.ts'], env, onLine: (line) => {
      if (line.includes('worker started')) done(child)
    } })
    void child.exited.then(() => { fail(new Error(`The worker ended by itself:\n${child.tail()}`)) })
  })
}

/**
 * @param connectionString the owner's, to a database of the newest schema.
 * @param folder for the worker's files. Secrets are those of this process's own environment.
 */
export async function openStage({ connectionString, folder }: { connectionString: string; folder: string }): Promise<Stage> {
  await prepareBuild()
  const dataDir = join(folder, 'product')
  await mkdir(dataDir, { recursive: true })
  const mail = await startMailServer()
  const pool = new Pool({ connectionString, max: 4 })
  pool.on('error', () => undefined)
  const env: NodeJS.ProcessEnv = {
    ...process.env, DATABASE_URL: connectionString, DATABASE_POOL: '12', QONAQ_DEMO: '0', QONAQ_DATA_DIR: dataDir,
    NEXTAUTH_URL: 'http://localhost:3000', SMTP_URL: mail.url, MAIL_FROM: 'Qonaq <qonaq@example.org>', TRUST_PROXY: '1', LOG_LEVEL: 'error',
  }
  // its connections are ended like those of the product
  const rows = async (statement: string, values: unknown[] = []) => (await withRetry(() => pool.query<QueryResultRow>(statement, values))).rows
  const row = async (statement: string, values: unknown[] = []) => {
    const [first] = await rows(statement, values)
    if (first === undefined) throw new Error(`no row: ${statement}`)
    return first
  }
  return {
    connectionString, env, mail, rows, row,
    startWeb: (flags = []) => startWeb({ env, flags }),
    startWorker: () => startWorker({ ...env, LOG_LEVEL: 'info' }),
    tokenOf: async ({ userId, role, cityIds }) => {
      const token = `qonaq_${newToken()}`
      await rows(`insert into api_token (user_id, token_hash, name, role, city_ids, expires_at)
        values ($1, $2, 'faults', $3::user_role, $4, now() + interval '1 day')`, [userId, hashSecret('token', token), role, role === 'HOST' ? [] : cityIds])
      return token
    },
    giveMail: async (table, id) => {
      const [field, column] = table === 'user' ? ['user.email', 'email_sealed'] as const : ['arrival.contact', 'contact_sealed'] as const
      await rows(`update "${table}" set ${column} = $2 where id = $1`, [id, seal(`${id}@example.org`, { field, rowId: id })])
    },
    stop: async () => {
      await pool.end()
      await mail.stop()
    },
  }
}
