// Holds the embedded server for `npm start` and `npm test`: says where it listens, and ends it when told to.
// A process of its own, so that the server is stopped last, and properly, however its starter ends.
import { EmbeddedDatabaseError, startEmbedded } from '@/lib/db/embedded'

const [dataDir = '.data/postgres', ...settings] = process.argv.slice(2)

try {
  const { port } = await startEmbedded({ dataDir, password: process.env['QONAQ_DATABASE_PASSWORD'] ?? '', settings })
  process.stdout.write(`${JSON.stringify({ port })}\n`)
} catch (error) {
  if (!(error instanceof EmbeddedDatabaseError)) throw error
  process.stdout.write(`${JSON.stringify({ refused: error.message })}\n`)
  process.exit(1)
}
