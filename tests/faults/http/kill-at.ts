import { setTimeout as pause } from 'node:timers/promises'
import type { Check, Until } from '../part'
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
/** No write got so far in time: it died by the clock, and proves nothing about its moment. */
export const MISSED = 'MISSED'

/** Of the turns of each moment at least this share must have met it. */
const LEAST_MET = 0.5
const NEVER_CAME_MS = 4_000
const SOMETIME_MS = 250
/** Other writes of the process get so far as well, before it dies. */
const OTHERS_WITHIN_MS = 25

interface KillOn {
  kill: () => void
  moment: Exclude<Moment, 'SOMETIME'>
  /** The moment is there. */
  onMet: () => void
}

function killOn({ kill, moment, onMet }: KillOn): Fault {
  const writing = new Set<number>()
  let isDying = false
  return ({ connection, way, data }) => {
    if (way === 'TO_SERVER' && data.includes(KEY_MARK)) {
      writing.add(connection)
      if (moment !== 'COMMITTED') onMet()
      if (moment === 'BEFORE') {
        kill()
        return { pass: null }
      }
      // it is on its way to the database when its sender dies
      if (moment === 'INSIDE') setImmediate(kill)
    }
    if (moment === 'COMMITTED' && way === 'TO_CLIENT' && writing.has(connection) && isCommitted(data)) {
      onMet()
      if (!isDying) setTimeout(kill, OTHERS_WITHIN_MS)
      isDying = true
      return { pass: null }
    }
    return { pass: data }
  }
}

export interface KillAt {
  web: Pick<Web, 'kill' | 'exited' | 'network'>
  moment: Moment
  random: () => number
}

/** Kills a web process at that moment of whichever write comes next; by the clock when none comes. @returns the moment it died at. */
export async function killAt({ web, moment, random }: KillAt): Promise<Moment | typeof MISSED> {
  let isMet = moment === 'SOMETIME'
  if (moment === 'SOMETIME') {
    await pause(random() * SOMETIME_MS)
    web.kill()
  } else {
    web.network.fault(killOn({ kill: web.kill, moment, onMet: () => { isMet = true } }))
    await Promise.race([web.exited, pause(NEVER_CAME_MS)])
    web.kill()
  }
  await web.exited
  return isMet ? moment : MISSED
}

/** Each moment was really met: who dies by the clock in its stead proves nothing about it. A slice may have had no turn for all. */
export function momentsChecks(kills: Readonly<Record<string, number>>, until: Until): Check[] {
  if ('seconds' in until) return []
  const least = Math.max(1, Math.floor((until.kills / MOMENTS.length) * LEAST_MET))
  const ok = MOMENTS.every((moment) => (kills[moment] ?? 0) >= least)
  return [{ name: `a web process died at each moment of a write at least ${least} times`, ok, found: JSON.stringify(kills) }]
}
