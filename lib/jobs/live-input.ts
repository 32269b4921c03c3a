import 'server-only'
import { readRoundNeeds } from '@/lib/arrivals/queries/round-needs'
import { readSnapshot } from '@/lib/db/transaction'
import { groupBy } from '@/lib/matching/room-choice'
import type { LiveChanges } from '@/lib/matching/live'
import type { Policy } from '@/lib/matching/policy'
import type { RoundInput } from '@/lib/matching/round-types'
import { readApart, readNamedRooms, readRoundRooms } from '@/lib/placements/queries/round-rooms'
import { listRoomsOfHosts } from '@/lib/rounds/queries/live'
import { PARTY_KINDS } from '@/lib/rounds/schema'
import { now } from '@/lib/time/clock'
import { LiveLost } from './live-thread'

/** Most parties of a city whose places are kept ready. */
const MOST_ARRIVALS = 10_000
/** Most pairs of a party and a room: above it a thread needs more memory and time than it has. */
const MOST_PAIRS = 20_000_000

function everybody(cityId: string) {
  return { cityIds: [cityId], withinNights: null, parties: PARTY_KINDS, arrivalIds: null }
}

/** Everybody who waits for a room of a city and everything that is free there, of one moment. @throws LiveLost `TOO_LARGE`. */
export async function readLiveCity(cityId: string, policy: Policy): Promise<Pick<RoundInput, 'needs' | 'rooms' | 'apart' | 'policy'>> {
  return readSnapshot(async (tx) => {
    const needs = await readRoundNeeds(tx, everybody(cityId), { moment: now(), policy, most: MOST_ARRIVALS })
    if (needs.length > MOST_ARRIVALS) throw new LiveLost('TOO_LARGE')
    const rooms = await readRoundRooms(tx, { cityIds: [cityId], restedNights: policy.scales.restedNights })
    if (needs.length * rooms.length > MOST_PAIRS) throw new LiveLost('TOO_LARGE')
    return { needs, rooms, apart: await readApart(tx, needs.map(({ need }) => need.id)), policy }
  })
}

/** What became of these parties and these hosts of a city, of one moment. */
export async function readLiveChanges(
  cityId: string, policy: Policy, change: { arrivals: ReadonlySet<string>; hosts: ReadonlySet<string> },
): Promise<LiveChanges> {
  const arrivalIds = [...change.arrivals]
  return readSnapshot(async (tx) => {
    const who = { ...everybody(cityId), arrivalIds }
    const arrivals = arrivalIds.length === 0 ? [] : await readRoundNeeds(tx, who, { moment: now(), policy, most: MOST_ARRIVALS })
    const roomIds = await listRoomsOfHosts(tx, [...change.hosts])
    const rooms = await readNamedRooms(tx, { roomIds, cityIds: [cityId], restedNights: policy.scales.restedNights })
    const byHost = new Map(groupBy(rooms, ({ hostId }) => hostId))
    const hosts = [...change.hosts].map((hostId) => ({ hostId, offers: byHost.get(hostId) ?? [] }))
    return { arrivals, apart: await readApart(tx, arrivals.map(({ need }) => need.id)), gone: arrivalIds, hosts }
  })
}
