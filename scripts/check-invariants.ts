// npm run check:invariants: every statement about the database, and what contradicts it.
import { parseKeySync } from '@47ng/cloak'
import { Client } from 'pg'
import { checkInvariants } from '@/lib/db/invariants'
import { findRunningDemo } from './running-demo'
import { command, Refused, say } from './talk'

const SHOWN = 10

async function findDatabase(): Promise<{ connectionString: string; keys: string | undefined }> {
  const named = process.env['DATABASE_URL']
  if (named) return { connectionString: named, keys: process.env['QONAQ_SEAL_KEYS'] }
  const demo = await findRunningDemo()
  if (demo === null) throw new Refused('There is no database to check: set DATABASE_URL, or start the demo with npm start.')
  return { connectionString: demo.DATABASE_URL, keys: demo.QONAQ_SEAL_KEYS }
}

await command(async () => {
  const { connectionString, keys } = await findDatabase()
  const client = new Client({ connectionString })
  await client.connect()
  // one moment for all statements, and nothing can be written by mistake
  await client.query('begin transaction isolation level repeatable read, read only')
  const fingerprints = (keys ?? '').split(',').filter(Boolean).map((key) => parseKeySync(key).fingerprint)
  const answers = await checkInvariants(client, fingerprints)
  await client.end()
  for (const { invariant, violations } of answers) {
    say(`${invariant.id.padEnd(4)}${violations.length} violations   ${invariant.statement}`)
    for (const { what, id } of violations.slice(0, SHOWN)) say(`      ${what}: ${id}`)
  }
  const failed = answers.filter(({ violations }) => violations.length > 0).length
  say(`${answers.length - failed} of ${answers.length} hold`)
  return failed === 0 ? 0 : 1
})
