// npm run check:invariants [-- --json] [-- --record]: every statement about the database, and what contradicts it.
import { parseArgs } from 'node:util'
import { recordSurvey, surveyInvariants, type Finding, type Survey } from '@/lib/db/survey'
import { fingerprintsOf } from '@/lib/db/fingerprints'
import { findRunningDemo } from './running-demo'
import { command, Refused, say } from './talk'

async function findDatabase(): Promise<{ connectionString: string; keys: string }> {
  const named = process.env['DATABASE_URL']
  if (named) return { connectionString: named, keys: process.env['QONAQ_SEAL_KEYS'] ?? '' }
  const demo = await findRunningDemo()
  if (demo === null) throw new Refused('There is no database to check: set DATABASE_URL, or start the demo with npm start.')
  return { connectionString: demo.DATABASE_URL, keys: demo.QONAQ_SEAL_KEYS }
}

function readOptions() {
  try {
    return parseArgs({ options: { json: { type: 'boolean', default: false }, record: { type: 'boolean', default: false } } }).values
  } catch (error) {
    throw new Refused('The options are --json, for one JSON object, and --record, to set the gate before approvals by it.', { cause: error })
  }
}

function sayFinding({ id, statement, violations, first }: Finding): void {
  say(`${id.padEnd(4)}${violations} violations   ${statement}`)
  for (const { what, id: row } of first) say(`      ${what}: ${row}`)
}

function sayInWords({ findings, seconds, placementsAlive }: Survey): void {
  findings.forEach(sayFinding)
  const held = findings.filter(({ violations }) => violations === 0).length
  say(`${held} of ${findings.length} hold, ${placementsAlive} placements alive, ${seconds.toFixed(2)} s. I13 and I14 compare with what clients were told: npm run test:faults.`)
}

await command(async () => {
  const { json, record } = readOptions()
  const { connectionString, keys } = await findDatabase()
  const survey = await surveyInvariants({ connectionString, sealKeys: fingerprintsOf(keys) })
  const held = survey.findings.every(({ violations }) => violations === 0)
  if (json) say(JSON.stringify({ ...survey, held }))
  else sayInWords(survey)
  if (record) await recordSurvey(connectionString, survey)
  return held ? 0 : 1
})
