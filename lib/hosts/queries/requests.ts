import 'server-only'
import { readStays, type HostStay } from './stays'

/** Everything that is live for a host: proposals, confirmed stays and guests who are there; earliest first. */
export async function liveStays(hostId: string): Promise<HostStay[]> {
  return readStays({ hostId, state: { in: ['PROPOSED', 'CONFIRMED', 'ARRIVED'] } })
}

/** What waits for the host's answer: new guests, and guests who ask to stay longer. */
export async function hostRequests(hostId: string): Promise<HostStay[]> {
  return (await liveStays(hostId)).filter(needsAnswer)
}

/** True for a stay the host has to answer now. */
export function needsAnswer(stay: HostStay): boolean {
  return stay.state === 'ASK' || stay.askedUntil !== null
}
