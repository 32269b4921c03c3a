import { join } from 'node:path'
import { embeddedConnection, readRunning } from '@/lib/db/embedded-files'
import { readSecrets } from './secrets'
import { DATABASE } from './serve-database'
import { Refused } from './talk'

/** The whole environment of the demo that runs on this machine, or `null` when none does. */
export async function findRunningDemo() {
  const dataDir = process.env['QONAQ_DATA_DIR'] ?? '.data'
  const [running, secrets] = [await readRunning(join(dataDir, 'postgres')), await readSecrets(dataDir)]
  if (!running || !secrets) return null
  const { databasePassword, ...keys } = secrets
  return {
    NEXTAUTH_URL: 'http://localhost:3000',
    ...keys,
    DATABASE_URL: embeddedConnection({ port: running.port, password: databasePassword, database: DATABASE }),
    QONAQ_DEMO: '1',
    QONAQ_DATA_DIR: dataDir,
  }
}

/**
 * Makes the settings name a database: the one that is named, or the demo that runs on this machine.
 *
 * @throws Refused when there is neither.
 */
export async function demandDatabase(): Promise<void> {
  if (process.env['DATABASE_URL']) return
  const demo = await findRunningDemo()
  if (demo === null) throw new Refused('There is no database to fill: set DATABASE_URL, or start the demo with npm start.')
  Object.assign(process.env, demo)
}
