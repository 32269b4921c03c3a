// One of the client processes of a soak through the commands: reads its order from a file, says how far it is once a
// second, and what it came to at the end. SIGTERM: finish what you are doing and report.
import { readFile } from 'node:fs/promises'
import { soakClient, type ClientOrder } from './soak/client'
import { watchTheDriver } from './soak/lost-answers'

const order = JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')) as ClientOrder
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

let over = false
let [done, ok] = [0, 0]
process.on('SIGTERM', () => { over = true })
watchTheDriver()
say({ done, ok })
const clock = setInterval(() => say({ done, ok }), 1_000)
const report = await soakClient(order, () => over, (yes) => {
  done += 1
  if (yes) ok += 1
})
clearInterval(clock)
say({ done, ok, report })
process.stdout.write('', () => process.exit(0))
