// npm run build
import { build } from './build'
import { command, step } from './talk'

await command(async () => {
  await step('Product built', build)
  return 0
})
