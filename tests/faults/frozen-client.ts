// Two processes of the product that want the same room: `holder` locks it in a transaction and does nothing more,
// `rival` proposes it when told to (SIGUSR2) and says how long that took.
import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { db } from '@/lib/db/client'
import { inTransaction } from '@/lib/db/transaction'
import { propose } from '@/lib/placements/commands/propose'
import { addDays } from '@/lib/time/day'
import { dayIn } from './soak/attempt'
import type { Crowd } from './soak/crowd'
import { isWorthAsking } from './soak/worker'

const AGAIN_AFTER_MS = 50
const [role = '', file = ''] = process.argv.slice(2)
const crowd = JSON.parse(await readFile(file, 'utf8')) as Crowd
const [home, guest, actor] = [crowd.homes[0]!, crowd.guests[0]!, crowd.staff[0]!]
const say = (line: unknown) => process.stdout.write(`${JSON.stringify(line)}\n`)

async function holdForEver(): Promise<void> {
  await inTransaction(async (tx) => {
    await tx.$queryRaw`select 1 from arrival where id = ${guest.arrivalId}::uuid for no key update`
    await tx.$queryRaw`select 1 from host where id = ${home.hostId}::uuid for no key update`
    await tx.$queryRaw`select 1 from room where id = ${home.roomIds[0]}::uuid for no key update`
    say({ ready: true })
    await pause(120_000)
  })
}

async function proposeNow(): Promise<void> {
  const begun = performance.now()
  const key = randomBytes(16).toString('hex')
  const from = dayIn(home.cityId, 0)
  const leg = { roomId: home.roomIds[0]!, from, until: addDays(from, 2), adults: guest.adults, childrenAges: guest.childrenAges, reasons: {} }
  for (;;) {
    try {
      const answer = await propose({ actor, key, requestHash: 'frozen', arrivalId: guest.arrivalId, kind: 'SINGLE', legs: [leg] })
      say({ ok: answer.ok, reason: answer.ok ? null : answer.reason, ms: Math.round(performance.now() - begun) })
      return
    } catch (error) {
      if (!isWorthAsking(error)) throw error
      await pause(AGAIN_AFTER_MS)
    }
  }
}

if (role === 'holder') await holdForEver()
else {
  await db.$queryRaw`select 1`
  process.on('SIGUSR2', () => void proposeNow())
  say({ ready: true })
  await pause(120_000)
}
