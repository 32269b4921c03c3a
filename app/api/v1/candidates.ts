import type { Candidate } from '@/lib/matching/candidates'
import type { ShelterNeed } from '@/lib/matching/types'
import type { Matches } from '@/lib/placements/queries/match'

function candidateOf({ room, nights, shiftNights, score, maximum, explanation }: Candidate, labels: Matches['labels']) {
  const label = labels.get(room.id)
  return {
    roomId: room.id, roomName: label?.name ?? '', homeId: room.homeId, homeCode: label?.homeCode ?? '', homeKind: label?.kind ?? '',
    hostId: room.hostId, cityId: room.cityId, districtId: room.districtId, beds: room.beds, nights, shiftNights, score, maximum,
    mustHaves: explanation.mustHaves, wishes: explanation.wishes,
  }
}

/** What the matcher found as the API answers it: what a coordinator needs to choose, and what `POST /plans` takes. */
export function candidatesOf(
  { candidates, shifted, several, labels }: Matches, { need, limit }: { need: ShelterNeed; limit: number },
) {
  const shown = (list: readonly Candidate[]) => list.slice(0, limit).map((one) => candidateOf(one, labels))
  return {
    candidates: shown(candidates), shifted: shown(shifted),
    several: several.map(({ homeId, shares }) => ({
      homeId, nights: need.nights,
      rooms: shares.map(({ room, adults, childrenAges }) => ({ roomId: room.id, adults, childrenAges })),
    })),
  }
}
