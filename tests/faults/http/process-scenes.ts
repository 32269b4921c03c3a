import { execFile } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'
import { insist } from './insist'
import { openLane } from './lane'
import { asking, countOf, inWords, proposing, timed, waitingGuest, type Scene, type Staged } from './scene'

const FROZEN_MS = 7_000
const STATEMENTS_WITH_KEY = 2
const PROCEED_WITHIN_MS = 6_500
const BLOCKED_MS = 5_000
const DAY_MS = 86_400_000

/**
 * Stops a web process between the last statement of a change and its COMMIT: it holds all its locks. The key goes out
 * with the first statement and with the last; what follows is the COMMIT.
 */
async function freezeBeforeCommit({ webs: [web] }: Scene, key: string): Promise<void> {
  await new Promise<void>((done) => {
    const said = new Map<number, number>()
    web.network.fault(({ connection, way, data }) => {
      const before = said.get(connection) ?? 0
      if (way === 'TO_CLIENT' || before < STATEMENTS_WITH_KEY) {
        if (way === 'TO_SERVER' && data.includes(key)) said.set(connection, before + 1)
        return { pass: data }
      }
      process.kill(web.pid, 'SIGSTOP')
      done()
      return { pass: null }
    })
  })
}

export const frozenWeb: Staged = {
  faults: 'F-08', name: 'a web process frozen with locks holds nobody up for more than six seconds, and wakes to a refusal and a retry',
  play: async (scene) => {
    const { caller, webs: [web, other], key, lane, stage } = scene
    const { version } = await stage.row('select version from room where id = $1', [lane.roomId])
    const change = (beds: number) => ({
      method: 'PUT', path: `/host/rooms/${lane.roomId}`, bearer: lane.host, key: key(), body: { version, name: 'room', sleeps: beds, inService: true },
    }) as const
    const request = change(3)
    const frozen = freezeBeforeCommit(scene, request.key)
    const first = timed(caller.call(web.url, request))
    await frozen
    const begun = performance.now()
    const served = [asking(key()), change(4)].map((asked) => ({ caller, request: asked, whereTo: () => other.url }))
    const statuses: number[] = []
    for (const asked of served) statuses.push((await insist(asked)).answer.status)
    const ms = Math.round(performance.now() - begun)
    await pause(Math.max(0, FROZEN_MS - ms))
    web.network.heal()
    process.kill(web.pid, 'SIGCONT')
    const woken = await first
    const { sleeps } = await stage.row('select sleeps from room where id = $1', [lane.roomId])
    const ok = ms < PROCEED_WITHIN_MS && statuses.every((status) => status < 300) && woken.answer?.status !== 200 && sleeps === 4
    return { ok, found: `others ${statuses.join(' and ')} after ${ms} ms; the frozen one ${inWords(woken)}, ${String(sleeps)} beds` }
  },
}

export const blockedWeb: Staged = {
  faults: 'F-32', name: 'a web process that does nothing for five seconds does not answer for its health, and loses nothing',
  play: async (scene) => {
    const { caller, webs: [web, other], key } = scene
    const { arrivalId } = await waitingGuest(scene)
    const request = proposing(scene, { arrivalId, key: key() })
    process.kill(web.pid, 'SIGSTOP')
    const health = fetch(`${web.url}/api/health/live`, { signal: AbortSignal.timeout(2_000) }).then(() => 'answered', () => 'silent')
    const blocked = timed(caller.call(web.url, request))
    const beside = await timed(caller.call(other.url, request))
    const said = await health
    await pause(BLOCKED_MS - 2_000)
    process.kill(web.pid, 'SIGCONT')
    const woken = await blocked
    const plans = await countOf(scene, 'plan where arrival_id = $1', [arrivalId])
    return {
      ok: said === 'silent' && beside.answer?.status === 201 && woken.answer?.status === 201 && woken.answer.replayed && plans === 1,
      found: `health ${said}; ${inWords(beside, woken)}, ${plans} plans`,
    }
  },
}

const shiftedBy = (days: number) => ['--import', `${new URL('shifted-clock.mjs', import.meta.url).href}?days=${days}`]

/** What a process started so believes the time to be. */
async function clockOf(days: number): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [...shiftedBy(days), '-p', 'Date.now()'])
  return Number(stdout)
}

export const wrongClocks: Staged = {
  faults: 'F-24', name: 'web processes whose clocks are a day ahead and a day behind let answers run out by the clock of the database only',
  play: async (scene) => {
    const { stage, caller, webs: [web], key } = scene
    const [ahead, behind] = await Promise.all([stage.startWeb(shiftedBy(1)), stage.startWeb(shiftedBy(-1))])
    const [early, late] = [await waitingGuest(scene), await waitingGuest(scene)]
    const proposed = await caller.call(web.url, proposing(scene, { arrivalId: early.arrivalId, key: key() }))
    const yes = (secret: string, body: Record<string, unknown>) => ({
      method: 'POST', path: `/stay/placements/${(body['placementIds'] as string[])[0] ?? ''}/yes`, bearer: secret, key: key(), body: { legal: true } }) as const
    const open = await timed(caller.call(ahead.url, yes(early.secret, proposed.body)))
    const second = { ...scene, lane: await openLane(stage) }
    const other = await caller.call(web.url, proposing(second, { arrivalId: late.arrivalId, key: key() }))
    await stage.rows(`update plan set deadline = now() - interval '1 second' where id = $1`, [other.body['planId']])
    const over = await timed(caller.call(behind.url, yes(late.secret, other.body)))
    await Promise.all([ahead.stop(), behind.stop()])
    const day = await clockOf(1) - Date.now()
    const code = String(over.answer?.body['code'])
    return { ok: Math.abs(day - DAY_MS) < 60_000 && open.answer?.status === 200 && code === 'LAPSED', found: `a day ahead ${inWords(open)}; a day behind, after its time, ${inWords(over)} ${code}` }
  },
}
