// npm run test:e2e -- [files and options of Playwright]; npm run screens takes the pictures of docs/screens instead
import { stopChildren } from './children'
import { runE2e } from './e2e'
import { command } from './talk'

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stopChildren().then(() => process.exit(1)))

await command(async () => {
  const screens = process.argv[2] === 'screens'
  const args = process.argv.slice(screens ? 3 : 2)
  const project = screens ? 'screens' : 'e2e'
  const { browser, invariants } = await runE2e({ project, args, report: `.test/${project}.json` })
  return browser === 0 && invariants === 0 ? 0 : 1
})
