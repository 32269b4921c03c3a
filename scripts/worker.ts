import { startWorker } from '@/lib/jobs/run'
import { log } from '@/lib/log'

// Started beside the web server: node --conditions=react-server --import tsx scripts/worker.ts
const STOP_WITHIN_MS = 30_000

const runner = await startWorker()
log.info('worker started')

let stopping = false

/** Lets the running jobs end; what is only queued waits for the next start. A second signal ends at once. */
async function stop(): Promise<void> {
  if (stopping) process.exit(1)
  stopping = true
  setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
  await runner.stop()
  log.info('worker stopped')
  process.exit(0)
}

process.on('SIGTERM', () => void stop())
process.on('SIGINT', () => void stop())
// the npm start script's pipe is gone when that process was killed: do not live on alone
process.on('disconnect', () => void stop())

await runner.promise
