// npm run test:e2e -- [files and options of Playwright]
import { stopChildren } from './children'
import { runE2e } from './e2e'
import { command } from './talk'

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopChildren().then(() => process.exit(1)))

await command(async () => {
  const { browser, invariants } = await runE2e({ args: process.argv.slice(2), report: '.test/e2e.json' })
  return browser === 0 && invariants === 0 ? 0 : 1
})
