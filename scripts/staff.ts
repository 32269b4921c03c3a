// npm run staff -- --mail dana@example.org --name Dana --role COORDINATOR --cities almaty,astana: makes or changes
// somebody of the team on a server of your own. npm run staff -- --mail dana@example.org --end: ends it.
import { existsSync } from 'node:fs'
import { demandServer } from './demands'
import { command, Refused, say } from './talk'

const NO_TABLE = '42P01'

function isBeforeMigrations(error: unknown): boolean {
  const { code, meta } = error as { code?: string; meta?: { code?: string } }
  return code === 'P2021' || code === NO_TABLE || meta?.code === NO_TABLE
}

await command(async () => {
  if (existsSync('.env')) process.loadEnvFile('.env')
  const connectionString = process.env['DATABASE_URL']
  if (!connectionString) throw new Refused('The team is kept on a server of your own: set DATABASE_URL. The demo has its people already, behind its doors.')
  await demandServer(connectionString)
  // loaded now, so that the settings of `.env` are there when they are first read
  const { runStaff } = await import('./staff-request')
  try {
    say(await runStaff(process.argv.slice(2)))
  } catch (error) {
    if (isBeforeMigrations(error)) throw new Refused('The tables are not in this database yet: start the product once.', { cause: error })
    throw error
  }
  return 0
})
