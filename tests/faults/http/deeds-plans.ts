import type { Proposal } from '../journal'
import { byStaff, look, type Ask, type Deed, type Hand } from './ask'
import type { KnownGuest } from './memory'

const LEGS = `select room_id::text as "roomId", from_date::text as from, until_date::text as until, adults, children_ages as "childrenAges"
  from placement where plan_id = $1 order by from_date, room_id`

/** The server works out nights and seats by itself; what it came to stands in the plan, which nobody has changed yet. */
const recall = ({ stage }: Hand, { arrivalId, kind }: Proposal) => async ({ planId }: Record<string, unknown>): Promise<Proposal> => (
  { arrivalId, kind, legs: await stage.rows(LEGS, [planId]) as unknown as Proposal['legs'] })

function propose(hand: Hand, guest: KnownGuest, roomIds: string[]): Ask {
  const { arrivalId, adults, from, until } = guest
  const asked: Proposal = {
    arrivalId, kind: roomIds.length > 1 ? 'SEVERAL_ROOMS' : 'SINGLE',
    legs: roomIds.map((roomId) => ({ roomId, from, until, adults: roomIds.length > 1 ? 1 : adults, childrenAges: [] })),
  }
  hand.memory.proposed(guest, roomIds)
  return byStaff(hand, {
    operation: 'plan.propose', asked, recall: recall(hand, asked), method: 'POST', path: '/plans', body: { arrivalId, from, roomIds },
  })
}

export const proposeOne: Deed = (hand) => {
  const { pick, once } = hand.dice
  const found = hand.memory.match(hand.dice, ({ adults }) => adults)
  const [first] = found?.rooms ?? []
  // everybody likes the same room
  return found && first ? propose(hand, found.guest, [once(5) ? first.roomId : pick(found.rooms).roomId]) : null
}

/** Two rooms of one home. */
export const proposeSeveral: Deed = (hand) => {
  const found = hand.memory.match(hand.dice, () => 1)
  if (!found || found.guest.adults < 2) return null
  const [first] = found.rooms
  const second = found.rooms.find(({ homeId, roomId }) => homeId === first?.homeId && roomId !== first.roomId)
  return first && second ? propose(hand, found.guest, [first.roomId, second.roomId]) : null
}

const staffToken = ({ dice, crowd, tokens }: Hand) => tokens.get(dice.pick(crowd.staff).userId) ?? ''

export const readQueue: Deed = (hand) => look('/queue?limit=10', staffToken(hand))

export const readStay: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  return guest && { ...look('/stay', guest.secret), refused: (code) => {
    if (code === 'UNAUTHENTICATED') hand.memory.lose(guest.arrivalId, false)
  } }
}

export const readHost: Deed = (hand) => look('/host/stays', hand.tokens.get(hand.dice.pick(hand.crowd.homes).userId) ?? '')

export const readCandidates: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  return guest && look(`/arrivals/${guest.arrivalId}/candidates?limit=3`, staffToken(hand))
}
