import type { Check } from '../part'
import type { ApiAnswer, ApiRequest, Caller } from './caller'
import { startCaller } from './caller'
import { KEY_MARK } from './kill-at'
import { openLane, type Lane } from './lane'
import type { Stage } from './stage'
import type { Web } from './web'

/** What every scene has: a stage, two web processes, and a town of its own in which nobody else does anything. */
export interface Scene {
  stage: Stage
  webs: [Web, Web]
  lane: Lane
  caller: Caller
  key: () => string
  /** Of a fault that lasts. */
  seconds: number
}

/** One fault, and what must hold during and after it. @returns what was found, `ok` when it holds. */
export interface Staged {
  /** Numbers of the list of faults. */
  faults: string
  name: string
  play: (scene: Scene) => Promise<Pick<Check, 'ok' | 'found'>>
}

/** Opens a new town for a scene. */
export async function openScene({ stage, webs, key, seconds, index }: Omit<Scene, 'lane' | 'caller'> & { index: number }): Promise<Scene> {
  return { stage, webs, seconds, key: () => `${KEY_MARK}${key()}`, lane: await openLane(stage), caller: startCaller({ address: () => `10.3.0.${index}` }) }
}

/** A request for two nights from tonight, in the lane's town. */
export function asking(key: string): ApiRequest {
  return { method: 'POST', path: '/requests', key, body: {
    where: { cityId: 'almaty', firstNight: 'today', nights: 2 }, who: { adults: 1 }, reach: { nickname: 'гость' } } }
}

/** Somebody who has asked and waits. */
export async function waitingGuest({ caller, webs: [web], key }: Scene): Promise<{ arrivalId: string; secret: string }> {
  const { body } = await caller.call(web.url, asking(key()))
  return { arrivalId: String(body['arrivalId']), secret: String(body['secret']) }
}

export function proposing({ lane }: Scene, { arrivalId, key }: { arrivalId: string; key: string }): ApiRequest {
  return { method: 'POST', path: '/plans', bearer: lane.coordinator, key, body: { arrivalId, from: lane.today, roomIds: [lane.roomId] } }
}

export interface Timed {
  /** Null when the connection broke. */
  answer: ApiAnswer | null
  ms: number
}

/** One try, and how long it took. */
export async function timed(call: Promise<ApiAnswer>): Promise<Timed> {
  const begun = performance.now()
  const answer = await call.catch(() => null)
  return { answer, ms: Math.round(performance.now() - begun) }
}

export async function countOf({ stage }: Scene, statement: string, values: unknown[]): Promise<number> {
  const { count } = await stage.row(`select count(*)::int as count from ${statement}`, values)
  return Number(count)
}

/** Statuses of several tries in words, for a report. */
export function inWords(...tries: Timed[]): string {
  return tries.map(({ answer, ms }) => `${answer === null ? 'cut' : answer.status}${answer?.replayed === true ? ' again' : ''} after ${ms} ms`).join(', ')
}
