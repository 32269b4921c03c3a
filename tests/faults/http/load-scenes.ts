import { setTimeout as pause } from 'node:timers/promises'
import { dice } from '../soak/dice'
import { latency } from '../tcp-proxy'
import { count } from './book'
import { insist } from './insist'
import { oneGuest, openLane, type Act } from './lane'
import type { Scene, Staged } from './scene'

const LANES = 4
const ENDS_WITHIN_MS = 10_000
const SLOWEST_MS = 20_000

interface Load {
  /** Lets everybody finish what they are doing. */
  stop: () => Promise<{ steps: number; lost: Record<string, number>; wrong: string[]; slowestMs: number }>
}

/** Several programs that do one thing after the other and try again what was not answered, until they are stopped. */
function startLoad({ stage, webs, caller, key }: Scene): Load {
  const over = new AbortController()
  const seen = { steps: 0, lost: {} as Record<string, number>, wrong: [] as string[], slowestMs: 0 }
  const act: Act = async (name, request) => {
    const turn = (seen.steps += 1)
    const whereTo = (attempt: number) => webs[(turn + attempt) % 2 === 0 ? 0 : 1].url
    const begun = performance.now()
    const { answer } = await insist({ caller, request: { ...request, key: key() }, whereTo, onLost: (why) => count(seen.lost, why) })
    seen.slowestMs = Math.max(seen.slowestMs, Math.round(performance.now() - begun))
    if (answer.status >= 300) seen.wrong.push(`${name}: ${answer.status} ${String(answer.body['code'])}`)
    return answer.body
  }
  const lanes = Array.from({ length: LANES }, async () => {
    const lane = await openLane(stage)
    while (!over.signal.aborted) await oneGuest(stage, lane, act)
  })
  return { stop: async () => {
    over.abort()
    await Promise.all(lanes)
    return seen
  } }
}

export const terminatedWeb: Staged = {
  faults: 'F-04', name: 'a web process told to end under load ends by itself, and a program that tries again sees no error',
  play: async (scene) => {
    const { stage, webs } = scene
    const replacement = stage.startWeb()
    const load = startLoad(scene)
    await pause(500)
    const begun = performance.now()
    await webs[0].stop()
    const ms = Math.round(performance.now() - begun)
    webs[0] = await replacement
    await pause(500)
    const { steps, lost: { ECONNREFUSED: _notSent, ...inFlight }, wrong } = await load.stop()
    return { ok: wrong.length === 0 && steps > 20 && ms < ENDS_WITHIN_MS, found: `${steps} steps, ended after ${ms} ms, tried again ${JSON.stringify(inFlight)}, ${wrong.join(', ')}` }
  },
}

export const farDatabase: Staged = {
  faults: 'F-14', name: 'a database that is half a second away, more or less four tenths, makes everything slow and nothing fail',
  play: async (scene) => {
    const { roll } = dice(scene.seconds)
    for (const { network } of scene.webs) network.fault(latency({ ms: 250, jitterMs: 200, random: () => roll(1_000) / 1_000 }))
    const load = startLoad(scene)
    await pause(scene.seconds * 1_000)
    const { steps, lost, wrong, slowestMs } = await load.stop()
    for (const { network } of scene.webs) network.heal()
    const ok = wrong.length === 0 && steps > 0 && Object.keys(lost).length === 0 && slowestMs < SLOWEST_MS
    return { ok, found: `${steps} steps in ${scene.seconds} s, the slowest ${slowestMs} ms, lost ${JSON.stringify(lost)}, ${wrong.join(', ')}` }
  },
}
