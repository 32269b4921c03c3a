import 'server-only'
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg'
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { withOwnPool } from './own-pool'

const WASM = 'schema_engine_bg.wasm'

async function instantiate(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(join(dirname(entry), WASM))
  const { instance } = await WebAssembly.instantiate(bytes, {
    './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
  })
  glue.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start'] as () => void
  start()
}

// The engine writes into its ledger that a migration has ended after the migration itself is committed. A server that dies
// between the two would have it and deny it, and every later start would fail on what is there already.
function withLedger(script: string): string {
  const checksum = createHash('sha256').update(script).digest('hex')
  return `${script}
;do $ledger$ begin
  if to_regclass('_prisma_migrations') is not null then
    update _prisma_migrations set finished_at = now() where checksum = '${checksum}' and finished_at is null and rolled_back_at is null;
  end if;
end $ledger$`
}

/**
 * The adapter cuts a script at every semicolon, also inside function bodies. Sent whole it is one transaction as
 * well: a migration is there completely, with its line in the ledger, or not at all.
 */
class WholeScripts extends PrismaPg {
  /** What the database said; the engine hands on a number only. */
  refusal: unknown = null

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect()
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(withLedger(script)).catch((error: unknown) => {
        this.refusal = error
        throw error
      })
    }
    return adapter
  }
}

let ready: Promise<void> | null = null

/**
 * Runs `work` with Prisma's own schema engine against one database. It is the build of the engine that needs no
 * download: the file arrives with the npm package.
 *
 * @param connectionString an owner's connection, not the application's role.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  ready ??= instantiate()
  await ready
  // a pool closed by us: the engine's own lock stays with an idle connection until that is gone
  return withOwnPool(connectionString, async (pool) => {
    const adapter = new WholeScripts(pool)
    const factory = bindMigrationAwareSqlAdapterFactory(adapter)
    const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory)
    return work(engine).catch((error: unknown) => {
      throw adapter.refusal ?? error
    })
  })
}
