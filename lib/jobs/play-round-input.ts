import 'server-only'
import { readRoundGroups, readRoundNeeds } from '@/lib/arrivals/queries/round-needs'
import { readSnapshot, type Tx } from '@/lib/db/transaction'
import type { RoundInput, RoundNeed } from '@/lib/matching/round-types'
import type { RoomOffer } from '@/lib/matching/types'
import type { Point } from '@/lib/places/place'
import { findCity, findDistrict } from '@/lib/places/places'
import { readApart, readRoundRooms } from '@/lib/placements/queries/round-rooms'
import type { TakenRound } from '@/lib/rounds/commands/play'
import { readLostArrivals } from '@/lib/rounds/queries/lost'
import { now } from '@/lib/time/clock'

/** Most parties of one round. */
export const MOST_ARRIVALS = 60_000

/** There are more parties in the scope than one round takes. */
export class TooLarge extends Error {}

/** Where each room's home is: the middle of its district, or of the town where no district is known. */
function placesOf(rooms: readonly RoomOffer[]): Record<string, Point> {
  const places: Record<string, Point> = {}
  for (const { homeId, districtId, cityId } of rooms) {
    const found = (districtId === null ? undefined : findDistrict(districtId)) ?? findCity(cityId)
    if (found) places[homeId] = { lat: found.lat, lon: found.lon }
  }
  return places
}

async function readNeeds(tx: Tx, { rerunOf, policy, ...scope }: TakenRound): Promise<RoundNeed[]> {
  const arrivalIds = rerunOf === null ? null : await readLostArrivals(tx, rerunOf)
  const needs = await readRoundNeeds(tx, { ...scope, arrivalIds }, { moment: now(), policy, most: MOST_ARRIVALS })
  if (needs.length > MOST_ARRIVALS) throw new TooLarge()
  return needs
}

/**
 * Reads everybody who takes part in a round and every room of its towns, of one moment.
 *
 * @throws TooLarge for more parties than `MOST_ARRIVALS`.
 */
export async function readRoundInput(round: TakenRound): Promise<RoundInput> {
  const { cityIds, policy, groupsInPart } = round
  return readSnapshot(async (tx) => {
    const needs = await readNeeds(tx, round)
    const groupIds = [...new Set(needs.flatMap(({ groupId }) => groupId ?? []))]
    const groups = (await readRoundGroups(tx, groupIds)).map((group) => ({ ...group, partAllowed: groupsInPart }))
    const rooms = await readRoundRooms(tx, { cityIds, restedNights: policy.scales.restedNights })
    const apart = await readApart(tx, needs.map(({ need }) => need.id))
    return { needs, groups, rooms, apart, places: placesOf(rooms), policy }
  })
}
