import { existsSync } from 'node:fs'
import { migrateDatabase } from '@/lib/db/migrate'
import { syncPlaces } from '@/lib/db/places-sync'
import { build, isBuilt } from './build'
import { OUR_CODE, runChild } from './children'
import { Refused, step } from './talk'

/** Brings a database to the newest schema and the gazetteer's towns. */
export async function prepareDatabase(connectionString: string): Promise<void> {
  await step('Schema up to date', () => migrateDatabase({ connectionString }))
  await step('Towns and districts in place', () => syncPlaces({ connectionString }))
}

/** Fills an empty database with the story of October 2022. */
export async function seedDemo(env: NodeJS.ProcessEnv): Promise<void> {
  await step('Demo data written', async () => {
    const { code, tail } = await runChild({ args: [...OUR_CODE, 'prisma/seed.ts', '--demo'], env })
    if (code !== 0) throw new Refused(`The demo data could not be written:\n${tail}`)
  })
}

/** Generated code and a production build, each only when it is missing or older than its sources. */
export async function prepareBuild(): Promise<void> {
  if (!existsSync('lib/db/generated/client.ts')) {
    await step('Database client generated', async () => {
      const { code, tail } = await runChild({ args: ['scripts/generate.mjs'], env: process.env })
      if (code !== 0) throw new Refused(`The database client could not be generated:\n${tail}`)
    })
  }
  if (!(await isBuilt())) await step('Product built', build)
}
