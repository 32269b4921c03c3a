import { blackHole, cutAfter, startTcpProxy, type Fault } from '../tcp-proxy'
import { asking, countOf, inWords, proposing, timed, waitingGuest, type Scene, type Staged } from './scene'

const SERVED_WITHIN_MS = 6_000
const REFUSED_WITHIN_MS = 8_500
const ENOUGH_OF_A_REQUEST = 250
const ENOUGH_OF_AN_ANSWER = 40

/** Proposes through a network to the web process that breaks, and again at the other process under the same key. */
async function throughBroken(scene: Scene, fault: Fault) {
  const { caller, webs: [web, other], key } = scene
  const { arrivalId } = await waitingGuest(scene)
  const network = await startTcpProxy({ to: { port: Number(new URL(web.url).port) } })
  network.fault(fault)
  const request = proposing(scene, { arrivalId, key: key() })
  const first = await timed(caller.call(`http://127.0.0.1:${network.port}`, request))
  await network.stop()
  const second = await timed(caller.call(other.url, request))
  return { first, second, plans: await countOf(scene, 'plan where arrival_id = $1', [arrivalId]) }
}

export const halfRequest: Staged = {
  faults: 'F-12', name: 'a request cut in its middle writes nothing, and the same one goes through elsewhere',
  play: async (scene) => {
    const { first, second, plans } = await throughBroken(scene, cutAfter({ way: 'TO_SERVER', bytes: ENOUGH_OF_A_REQUEST }))
    return { ok: first.answer === null && second.answer?.status === 201 && !second.answer.replayed && plans === 1, found: `${inWords(first, second)}, ${plans} plans` }
  },
}

export const halfAnswer: Staged = {
  faults: 'F-12', name: 'an answer cut in its middle is given whole when asked for again elsewhere, and nothing is done twice',
  play: async (scene) => {
    const { first, second, plans } = await throughBroken(scene, cutAfter({ way: 'TO_CLIENT', bytes: ENOUGH_OF_AN_ANSWER }))
    return { ok: first.answer === null && second.answer?.status === 201 && second.answer.replayed && plans === 1, found: `${inWords(first, second)}, ${plans} plans` }
  },
}

export const sentTwice: Staged = {
  faults: 'F-16', name: 'a request that a proxy sends to both processes at once, and once more, is done once',
  play: async (scene) => {
    const { caller, webs: [web, other], key } = scene
    const request = asking(key())
    const both = await Promise.all([timed(caller.call(web.url, request)), timed(caller.call(other.url, request))])
    const later = await timed(caller.call(other.url, request))
    const secrets = new Set([...both, later].map(({ answer }) => String(answer?.body['secret'])))
    const arrivals = await countOf(scene, 'idempotency_key where key = $1', [request.key])
    const events = await countOf(scene, `audit_event where action = 'arrival.requested' and subject->>'arrival' = $1`, [both[0].answer?.body['arrivalId']])
    const ok = both.every(({ answer }) => answer?.status === 201) && later.answer?.replayed === true && secrets.size === 1 && arrivals === 1 && events === 1
    return { ok, found: `${inWords(...both, later)}, ${secrets.size} secrets, ${events} events` }
  },
}

export const silentDatabase: Staged = {
  faults: 'F-15', name: 'behind a black hole a process says "not now" in time, its neighbour serves, and it serves again by itself',
  play: async (scene) => {
    const { caller, webs: [web, other], key } = scene
    const { arrivalId } = await waitingGuest(scene)
    const request = proposing(scene, { arrivalId, key: key() })
    web.network.fault(blackHole)
    const [during, beside] = await Promise.all([timed(caller.call(web.url, request)), timed(caller.call(other.url, asking(key())))])
    web.network.heal()
    const after = await timed(caller.call(web.url, request))
    const plans = await countOf(scene, 'plan where arrival_id = $1', [arrivalId])
    const ok = during.answer?.status === 503 && during.ms < REFUSED_WITHIN_MS && beside.answer?.status === 201
      && after.answer?.status === 201 && after.ms < SERVED_WITHIN_MS && plans === 1
    return { ok, found: `${inWords(during, beside, after)}, ${plans} plans` }
  },
}
