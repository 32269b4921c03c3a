// Holds the embedded server of a fault run, on a port that stays the same: says when it takes connections, and goes
// when the server goes, so that whoever started it starts it again.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { startEmbedded } from '@/lib/db/embedded'

const LOOK_EVERY_MS = 20

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

const [dataDir = '', port = '', ...settings] = process.argv.slice(2)
const server = await startEmbedded({
  dataDir, password: process.env['QONAQ_DATABASE_PASSWORD'] ?? '', settings, ...(port !== '' && { port: Number(port) }),
})
const pid = Number((await readFile(join(dataDir, 'postmaster.pid'), 'utf8')).split('\n')[0])
process.stdout.write(`${JSON.stringify({ port: server.port, pid })}\n`)
while (isAlive(pid)) await pause(LOOK_EVERY_MS)
// not `exit`: what ends a server that runs would wait for one that is gone
process.kill(process.pid, 'SIGKILL')
