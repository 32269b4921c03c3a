// The races in a process of their own: its commands have one database, which its starter names. Says the report in a line.
import { listPairs } from './races/pairs'
import { runRaces } from './races/run-races'
import { dice } from './soak/dice'

const [seed = '0', most = '0'] = process.argv.slice(2)
const { roll } = dice(Number(seed))
// a slice takes some of them, other ones with every seed
const drawn = listPairs().map((pair) => ({ pair, lot: roll(1_000_000) })).sort((one, other) => one.lot - other.lot).map(({ pair }) => pair)
const report = await runRaces({ connectionString: process.env['DATABASE_URL'] ?? '', pairs: drawn.slice(0, Number(most) || drawn.length) })
process.stdout.write(`${JSON.stringify({ ...report, pairs: report.pairs.length, of: drawn.length })}\n`, () => process.exit(0))
