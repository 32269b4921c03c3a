import { setTimeout as pause } from 'node:timers/promises'
import { findFreePort } from '@/lib/db/free-port'
import { startChild, type Child } from '../../../scripts/children'
import { PRELOADED } from '../../../scripts/serve-product'
import { startTcpProxy, type TcpProxy } from '../tcp-proxy'

const NEXT = 'node_modules/next/dist/bin/next'
const READY_WITHIN_MS = 120_000
const LOOK_EVERY_MS = 25

/** One process of the production build, with a network of its own to the database. */
export interface Web {
  url: string
  pid: number
  /** What stands between it and the database. */
  network: TcpProxy
  /** SIGKILL, without a word. Its connections to the database end as those of a dead process do. */
  kill: () => void
  isGone: () => boolean
  exited: Promise<number>
  /** The last lines it said. */
  tail: () => string
  /** SIGTERM, and waits for its end. */
  stop: () => Promise<void>
}

async function statusOf(url: string, headers: Record<string, string> = {}): Promise<number> {
  try {
    const answer = await fetch(url, { headers })
    await answer.arrayBuffer()
    return answer.status
  } catch {
    return 0
  }
}

// the first request to a route loads its code: a process that is to be killed in the middle of something has done that
async function untilWarm(url: string, child: Child): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS
  while ((await statusOf(`${url}/api/health/ready`)) !== 200 || (await statusOf(`${url}/api/v1/stay`)) !== 401) {
    if (child.isGone()) throw new Error(`A web process ended by itself:\n${child.tail()}`)
    if (performance.now() > deadline) throw new Error(`A web process does not answer:\n${child.tail()}`)
    await pause(LOOK_EVERY_MS)
  }
}

/**
 * Starts a web process as `npm start` does, and waits until it serves the API.
 *
 * @param env whole environment; its `DATABASE_URL` is led through a proxy of this process's own.
 * @param flags further flags of Node.
 */
export async function startWeb({ env, flags = [] }: { env: NodeJS.ProcessEnv; flags?: string[] }): Promise<Web> {
  const database = new URL(env['DATABASE_URL'] ?? '')
  const network = await startTcpProxy({ to: { port: Number(database.port) } })
  database.port = String(network.port)
  const port = String(await findFreePort())
  const url = `http://127.0.0.1:${port}`
  const child = startChild({
    args: [...PRELOADED, ...flags, NEXT, 'start', '-p', port, '-H', '127.0.0.1'],
    env: { ...env, DATABASE_URL: database.href, NEXTAUTH_URL: url, PORT: port, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  })
  void child.exited.then(() => network.stop())
  await untilWarm(url, child)
  return {
    url, network, pid: child.pid, isGone: child.isGone, exited: child.exited, tail: child.tail, stop: child.stop,
    kill: () => {
      if (!child.isGone()) process.kill(child.pid, 'SIGKILL')
    },
  }
}
