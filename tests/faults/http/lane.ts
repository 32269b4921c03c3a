import type { UserActor } from '@/lib/auth/rules'
import { seal } from '@/lib/privacy/seal'
import { smallWorld } from '../../setup/small-world'
import type { ApiAnswer, ApiRequest } from './caller'
import type { Stage } from './stage'

const CITY = 'almaty'

/** A town of one home, its host, its coordinator and a lead, by their tokens, in which nobody else does anything: every request there must succeed. */
export interface Lane {
  roomId: string
  today: string
  coordinator: string
  lead: string
  host: string
}

/** Sends one request until it is answered; throws when the answer is not a yes. */
export type Act = (name: string, request: Omit<ApiRequest, 'key'>) => Promise<ApiAnswer['body']>

export async function openLane(stage: Stage): Promise<Lane> {
  const world = smallWorld(stage)
  const { roomId, userId, homeId } = await world.home({ sleeps: [2], cityId: CITY })
  await stage.rows('update home set address_sealed = $2 where id = $1', [homeId, seal('Abai 10', { field: 'home.address', rowId: homeId })])
  await stage.giveMail('user', userId)
  const tokenOf = async (role: UserActor['role']) =>
    stage.tokenOf({ userId: await world.person(role, role), role, cityIds: [CITY] })
  const host = await stage.tokenOf({ userId, role: 'HOST', cityIds: [] })
  return { roomId, today: await world.day(0), coordinator: await tokenOf('COORDINATOR'), lead: await tokenOf('LEAD'), host }
}

async function placementOf({ row }: Stage, placementId: string): Promise<{ version: number; state: string }> {
  return await row('select version, state::text from placement where id = $1', [placementId]) as { version: number; state: string }
}

/** One guest from the first request to the last trace, one step after the other. */
export async function oneGuest(stage: Stage, lane: Lane, act: Act): Promise<void> {
  const { roomId, today: from, coordinator: bearer, lead } = lane
  const asked = await act('ask', { method: 'POST', path: '/requests', body: {
    where: { cityId: CITY, firstNight: 'today', nights: 2 }, who: { adults: 1 }, reach: { nickname: 'гость' } } })
  const secret = String(asked['secret'])
  const plan = await act('propose', { method: 'POST', path: '/plans', bearer, body: { arrivalId: asked['arrivalId'], from, roomIds: [roomId] } })
  const [placementId = ''] = plan['placementIds'] as string[]
  const [ours, theirs] = [`/placements/${placementId}`, `/stay/placements/${placementId}`]
  const version = async () => (await placementOf(stage, placementId)).version

  await act('host yes', { method: 'POST', path: `${ours}/yes`, bearer, body: { version: await version(), side: 'HOST', way: 'PHONE', legal: true } })
  await act('guest yes', { method: 'POST', path: `${theirs}/yes`, bearer: secret, body: { legal: true } })
  const { state, version: seen } = await placementOf(stage, placementId)
  if (state === 'PROPOSED') await act('second yes', { method: 'POST', path: `${ours}/second-yes`, bearer: lead, body: { version: seen } })
  await act('arrive', { method: 'POST', path: `${ours}/arrival`, bearer, body: { version: await version() } })
  await act('leave', { method: 'POST', path: `${theirs}/departure`, bearer: secret, body: { needsPlace: true } })
  await act('erase', { method: 'DELETE', path: '/stay', bearer: secret })
}
