import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { OUR_CODE, startChild, type Child } from '../../scripts/children'
import { listViolations } from './checks'
import { counted, type Part } from './part'
import { startPostgres } from './postgres'
import { TINY } from './soak/crowd'
import { buildTown } from './soak/town'

const OTHERS_PROCEED_WITHIN_MS = 6_000
const WATCHED_MS = 30_000

interface Said { ready?: boolean; ok?: boolean; reason?: string | null; ms?: number }

/** A child that says things, and somebody who waits for the next of them. */
function converse(role: string, file: string, connectionString: string): { child: Child; next: () => Promise<Said> } {
  const heard: Said[] = []
  let wake: () => void = () => undefined
  const env = { ...process.env, DATABASE_URL: connectionString, DATABASE_POOL: '2', LOG_LEVEL: 'silent' }
  const child = startChild({ args: [...OUR_CODE, 'tests/faults/frozen-client.ts', role, file], env, onLine: (line) => {
    if (!line.startsWith('{')) return
    heard.push(JSON.parse(line) as Said)
    wake()
  } })
  const next = async (): Promise<Said> => {
    const told = new Promise<void>((done) => { wake = done })
    if (heard.length === 0) await Promise.race([told, child.exited])
    const said = heard.shift()
    if (said === undefined) throw new Error(`The ${role} ended: ${child.tail()}`)
    return said
  }
  return { child, next }
}

/** SIGSTOP to a process that holds locks in a transaction: it keeps its connection and says nothing more. */
export const frozen: Part = {
  name: 'frozen',
  async run(run) {
    const begun = performance.now()
    const postgres = await startPostgres({ folder: run.folder })
    try {
      const town = await buildTown(postgres, 'frozen', TINY)
      await mkdir(join(run.folder, 'frozen'), { recursive: true })
      const file = join(run.folder, 'frozen', 'crowd.json')
      await writeFile(file, JSON.stringify(town.crowd))
      const [holder, rival] = [converse('holder', file, town.connectionString), converse('rival', file, town.connectionString)]
      await Promise.all([holder.next(), rival.next()])
      process.kill(holder.child.pid, 'SIGSTOP')
      process.kill(rival.child.pid, 'SIGUSR2')
      run.onProgress('one process is frozen with the locks, another wants the room')
      const late = pause(WATCHED_MS, { ok: false, reason: 'NEVER', ms: WATCHED_MS }, { ref: false })
      const said = await Promise.race([rival.next(), late])
      process.kill(holder.child.pid, 'SIGKILL')
      process.kill(rival.child.pid, 'SIGKILL')
      const violations = await listViolations(town.connectionString)
      const ok = said.ok === true && (said.ms ?? Infinity) <= OTHERS_PROCEED_WITHIN_MS
      return {
        name: 'frozen', seed: run.seed, seconds: (performance.now() - begun) / 1000, operations: 1, acknowledged: said.ok === true ? 1 : 0,
        kills: { postgres: 0, web: 0, worker: 0, backends: 0 },
        violations: counted(violations), lost: counted([]), duplicated: counted([]),
        checks: [{ name: `others proceed within ${OTHERS_PROCEED_WITHIN_MS / 1000} s of a process frozen with locks`, ok, found: JSON.stringify(said) }],
        figures: { frozenProceedMs: said.ms },
      }
    } finally {
      await postgres.stop()
    }
  },
}
