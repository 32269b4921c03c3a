import 'server-only'
import { readRoundNeeds } from '@/lib/arrivals/queries/round-needs'
import { db } from '@/lib/db/client'
import { explain } from '@/lib/matching/explain'
import type { Policy } from '@/lib/matching/policy'
import { freezeReasons } from '@/lib/matching/reasons'
import type { RoomOffer, ShelterNeed } from '@/lib/matching/types'
import { readNamedRooms } from '@/lib/placements/queries/round-rooms'
import { now } from '@/lib/time/clock'
import { legNeed, stillAsked } from '../rules/legs'
import { PARTY_KINDS, type StoredLeg } from '../schema'
import type { Claimed } from './claims'

/** Why a rule of the match stands against a room by now, of what holds no lock; `null` where none does. */
export type RefusalOf = (room: RoomOffer, need: ShelterNeed) => RuleRefusal | null
type RuleRefusal = 'NO_LONGER_FITS' | 'TOO_FEW_BEDS' | 'NOT_FOUND'

/** A plan as the placements' command takes it. */
export interface RoundProposal {
  arrivalId: string
  kind: Claimed['kind']
  legs: readonly (Omit<StoredLeg, 'later'> & { reasons: unknown })[]
  refused?: RuleRefusal
}

interface Facts {
  rooms: ReadonlyMap<string, RoomOffer>
  needs: ReadonlyMap<string, ShelterNeed>
  policy: Policy
  refusalOf: RefusalOf
}

async function readFacts(roundId: string, claimed: readonly Claimed[]): Promise<Omit<Facts, 'refusalOf'>> {
  const round = await db.round.findUniqueOrThrow({ where: { id: roundId }, select: { cityIds: true, policy: true } })
  const policy = round.policy as unknown as Policy
  const legs = claimed.flatMap((one) => one.legs)
  const [roomIds, arrivalIds] = [[...new Set(legs.map((leg) => leg.roomId))], [...new Set(legs.map((leg) => leg.arrivalId))]]
  const who = { cityIds: round.cityIds, withinNights: null, parties: PARTY_KINDS, arrivalIds }
  const needs = await readRoundNeeds(db, who, { moment: now(), policy, most: arrivalIds.length })
  const rooms = await readNamedRooms(db, { roomIds, cityIds: round.cityIds, restedNights: policy.scales.restedNights })
  return { policy, needs: new Map(needs.map(({ need }) => [need.id, need])), rooms: new Map(rooms.map((room) => [room.id, room])) }
}

/** A leg with the reasons as they are now; without them where the party waits no more, which the lock then says better. */
function checkLeg({ later, ...leg }: StoredLeg, { rooms, needs, policy, refusalOf }: Facts) {
  const [room, whole] = [rooms.get(leg.roomId), needs.get(leg.arrivalId)]
  if (!room) return { leg: { ...leg, reasons: {} }, refused: 'NOT_FOUND' as const }
  if (!whole) return { leg: { ...leg, reasons: {} }, refused: null }
  const need = legNeed({ ...leg, later }, whole)
  const reasons = freezeReasons({ explanation: explain(room, need, policy), policy })
  return { leg: { ...leg, reasons }, refused: refusalOf(room, need) }
}

function proposalOf({ arrivalId, kind, legs }: Claimed, facts: Facts): RoundProposal {
  const changed = legs.some((leg) => {
    const need = facts.needs.get(leg.arrivalId)
    return need !== undefined && !stillAsked(legs.filter((one) => one.arrivalId === leg.arrivalId), need)
  })
  const checked = legs.map((leg) => checkLeg(leg, facts))
  const refused = changed ? 'NO_LONGER_FITS' : checked.find((one) => one.refused !== null)?.refused
  return { arrivalId, kind, legs: checked.map(({ leg }) => leg), ...(refused && { refused }) }
}

// what is erased or decided by now keeps its place in the list, and is not asked for again
const OVER: RoundProposal = { arrivalId: '', kind: 'SINGLE', legs: [], refused: 'NOT_FOUND' }

/**
 * Suggestions as proposals, in the order of `numbers`: each leg checked by the rules as things stand now, with its reasons.
 *
 * @param open those of them that are still to be decided.
 */
export async function buildProposals(
  roundId: string, { numbers, open }: { numbers: readonly number[]; open: readonly Claimed[] }, refusalOf: RefusalOf,
): Promise<RoundProposal[]> {
  const facts = { ...(await readFacts(roundId, open)), refusalOf }
  const proposals = new Map(open.map((one) => [one.number, proposalOf(one, facts)]))
  return numbers.map((number) => proposals.get(number) ?? OVER)
}
