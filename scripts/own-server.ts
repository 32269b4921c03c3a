import { existsSync } from 'node:fs'
import { demandServer } from './demands'
import { command, Refused, say } from './talk'

const NO_TABLE = '42P01'

function isBeforeMigrations(error: unknown): boolean {
  const { code, meta } = error as { code?: string; meta?: { code?: string } }
  return code === 'P2021' || code === NO_TABLE || meta?.code === NO_TABLE
}

/**
 * A command for a server of one's own: says what `load`'s work answers to the command line.
 *
 * @param demo the sentence for somebody who has no server set.
 * @param load imports the work once the settings of `.env` are there to be read.
 */
export async function onOwnServer(demo: string, load: () => Promise<(args: readonly string[]) => Promise<string>>): Promise<never> {
  return command(async () => {
    if (existsSync('.env')) process.loadEnvFile('.env')
    const connectionString = process.env['DATABASE_URL']
    if (!connectionString) throw new Refused(demo)
    await demandServer(connectionString)
    const run = await load()
    try {
      say(await run(process.argv.slice(2)))
    } catch (error) {
      if (isBeforeMigrations(error)) throw new Refused('The tables are not in this database yet: start the product once.', { cause: error })
      throw error
    }
    return 0
  })
}
