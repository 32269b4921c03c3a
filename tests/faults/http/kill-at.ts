import { setTimeout as pause } from 'node:timers/promises'
import type { Fault } from '../tcp-proxy'
import { isCommitted } from '../wire'
import type { Web } from './web'

/** How every key of the clients begins, so that the network knows a write when it sees one. */
export const KEY_MARK = 'faults_'

/**
 * When a web process is killed, seen from its line to the database: BEFORE its first statement of a write goes out,
 * INSIDE while the database works on it, COMMITTED when it is done and the process has not heard of it, SOMETIME by the clock.
 */
export const MOMENTS = ['BEFORE', 'INSIDE', 'COMMITTED', 'SOMETIME'] as const
export type Moment = (typeof MOMENTS)[number]

const NEVER_CAME_MS = 4_000
const SOMETIME_MS = 250
/** Other writes of the process get so far as well, before it dies. */
const OTHERS_WITHIN_MS = 25

function killOn({ kill, moment }: { kill: () => void; moment: Exclude<Moment, 'SOMETIME'> }): Fault {
  const writing = new Set<number>()
  let isDying = false
  return ({ connection, way, data }) => {
    if (way === 'TO_SERVER' && data.includes(KEY_MARK)) {
      writing.add(connection)
      if (moment === 'BEFORE') {
        kill()
        return { pass: null }
      }
      // it is on its way to the database when its sender dies
      if (moment === 'INSIDE') setImmediate(kill)
    }
    if (moment === 'COMMITTED' && way === 'TO_CLIENT' && writing.has(connection) && isCommitted(data)) {
      if (!isDying) setTimeout(kill, OTHERS_WITHIN_MS)
      isDying = true
      return { pass: null }
    }
    return { pass: data }
  }
}

/** Kills a web process at that moment of whichever write comes next; by the clock when none comes. */
export async function killAt({ web, moment, random }: { web: Web; moment: Moment; random: () => number }): Promise<void> {
  if (moment === 'SOMETIME') {
    await pause(random() * SOMETIME_MS)
    web.kill()
  } else {
    web.network.fault(killOn({ kill: web.kill, moment }))
    await Promise.race([web.exited, pause(NEVER_CAME_MS)])
    web.kill()
  }
  await web.exited
}
