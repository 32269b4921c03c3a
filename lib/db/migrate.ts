import 'server-only'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MigrationDirectory, MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { runMigrations } from 'graphile-worker'
import { withOwnPool } from './own-pool'
import { withSchemaEngine } from './schema-engine'

/** Any number of its own: held while migrating, so that two starting processes take turns. */
const MIGRATION_LOCK = 72_10_2022
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))
const NO_FILTER = { externalTables: [], externalEnums: [] }

async function readMigration(folder: string): Promise<MigrationDirectory> {
  const content = await readFile(join(MIGRATIONS, folder, 'migration.sql'), 'utf8')
  return { path: folder, migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: content } } }
}

async function readMigrations(): Promise<MigrationList> {
  const entries = await readdir(MIGRATIONS, { withFileTypes: true })
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()
  return {
    baseDir: MIGRATIONS,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(folders.map(readMigration)),
  }
}

/** Each file is one transaction: a failed one left nothing behind but its row in the ledger, and may run again. */
async function clearFailed(engine: SchemaEngine, migrationsList: MigrationList): Promise<void> {
  const history = await engine.diagnoseMigrationHistory({
    migrationsList, optInToShadowDatabase: false, filters: NO_FILTER,
  })
  const failed = new Set(history.failedMigrationNames)
  const edited = history.editedMigrationNames.filter((name) => !failed.has(name))
  if (edited.length > 0) throw new Error(`Migration ${edited.join(', ')} was changed after this database took it.`)
  for (const migrationName of failed) await engine.markMigrationRolledBack({ migrationName })
}

async function applyFiles(connectionString: string): Promise<string[]> {
  const migrationsList = await readMigrations()
  return withSchemaEngine(connectionString, async (engine) => {
    await clearFailed(engine, migrationsList)
    const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters: NO_FILTER })
    return appliedMigrationNames
  })
}

/**
 * Brings a database to the newest schema: the SQL files of `prisma/migrations` in order, recorded in Prisma's own
 * ledger, then the job queue's tables. Running it again changes nothing; two processes take turns.
 *
 * @param connectionString an owner's connection; the role `qonaq_app` is made by the migrations.
 * @returns names of the migrations applied now, oldest first.
 * @throws Error when a file fails (it is rolled back whole) or was edited after it had been applied.
 */
export async function migrateDatabase({ connectionString }: { connectionString: string }): Promise<string[]> {
  return withOwnPool(connectionString, async (pool) => {
    const guard = await pool.connect()
    try {
      await guard.query('select pg_advisory_lock($1)', [MIGRATION_LOCK])
      const applied = await applyFiles(connectionString)
      await runMigrations({ pgPool: pool })
      await guard.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK])
      return applied
    } finally {
      // a connection that still has the lock must not go back
      guard.release(true)
    }
  })
}
