import { endsTheNeed } from '@/lib/placements/rules'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import type { Requests } from '../journal'
import type { Stay } from '../soak/memory'
import { byGuest, byHost, byStaff, homeOf, type Ask, type Deed, type Hand } from './ask'

/** What is live no more is forgotten; what was refused for another reason may still go. */
const GONE = new Set(['NOT_OPEN', 'NOT_FOUND', 'LAPSED'])

const isProposed = ({ state }: Stay) => state === 'PROPOSED'
const isAgreed = ({ state }: Stay) => state === 'CONFIRMED'
const isThere = ({ state }: Stay) => state === 'ARRIVED'
const isLasting = (stay: Stay) => isAgreed(stay) || isThere(stay)
const begins = (stay: Stay) => isAgreed(stay) && stay.from <= addDays(todayIn(stay.cityId), 1)

/** A change of this stay: its version grows, and a no may mean that it is over. */
function learning({ memory }: Hand, stay: Stay, done: (body: Record<string, unknown>) => void = () => undefined): Pick<Ask, 'done' | 'refused'> {
  return {
    done: (body) => {
      stay.version += 1
      done(body)
    },
    refused: (code) => {
      if (GONE.has(code)) memory.stays.delete(stay.id)
      if (code === 'STALE_VERSION') stay.version += 1
    },
  }
}

function onStay(fits: (stay: Stay) => boolean, deed: (hand: Hand, stay: Stay) => Ask | null): Deed {
  return (hand) => {
    const stay = hand.memory.stay(hand.dice, fits)
    return stay && deed(hand, stay)
  }
}

function asGuest(hand: Hand, { arrivalId }: Stay, parts: Parameters<typeof byGuest>[2]): Ask | null {
  const guest = hand.memory.guests.get(arrivalId)
  return guest ? byGuest(hand, guest, parts) : null
}

function asHost(hand: Hand, stay: Stay, parts: Parameters<typeof byHost>[2]): Ask | null {
  const home = homeOf(hand, stay)
  return home && byHost(hand, home, parts)
}

const ours = ({ id }: Stay, what: string) => ({ method: 'POST', path: `/placements/${id}/${what}` }) as const
const theirs = ({ id }: Stay, what: string) => ({ method: 'POST', path: `/stay/placements/${id}/${what}` }) as const
const hosts = ({ id }: Stay, what: string) => ({ method: 'POST', path: `/host/placements/${id}/${what}` }) as const

/** A yes of one side, for what it speaks for; the last of them makes it agreed. */
function said(hand: Hand, stay: Stay, learn: (other: Stay) => void): Pick<Ask, 'done' | 'refused'> {
  return learning(hand, stay, ({ confirmed }) => {
    hand.memory.ofPlan(stay.planId, learn)
    if (confirmed === true) hand.memory.ofPlan(stay.planId, (other) => { other.state = 'CONFIRMED' })
  })
}

export const hostYes = onStay((stay) => isProposed(stay) && !stay.hostSaid, (hand, stay) => {
  const then = said(hand, stay, (other) => { other.hostSaid ||= other.homeId === stay.homeId })
  if (hand.dice.once(4)) {
    const asked: Requests['placement.yes'] = { placementId: stay.id, side: 'HOST', way: 'PHONE' }
    return byStaff(hand, { operation: 'placement.yes', asked, ...ours(stay, 'yes'), body: { version: stay.version, side: 'HOST', way: 'PHONE', legal: true }, ...then })
  }
  return asHost(hand, stay, {
    operation: 'placement.yes', asked: { placementId: stay.id, side: 'HOST', way: 'LINK' }, ...hosts(stay, 'yes'), body: { legal: true }, ...then })
})

export const guestYes = onStay((stay) => isProposed(stay) && !stay.guestSaid, (hand, stay) => asGuest(hand, stay, {
  operation: 'placement.yes', asked: { placementId: stay.id, side: 'GUEST', way: 'LINK' }, ...theirs(stay, 'yes'), body: { legal: true },
  ...said(hand, stay, (other) => { other.guestSaid = true }),
}))

export const leadYes = onStay((stay) => isProposed(stay) && stay.needsSecond && stay.approvals < 2, (hand, stay) => byStaff(hand, {
  operation: 'placement.second-yes', asked: { placementId: stay.id }, ...ours(stay, 'second-yes'), body: { version: stay.version },
  ...said(hand, stay, (other) => { other.approvals += 1 }),
}, 'LEAD'))

type Ending = Pick<Requests['placement.release'], 'to' | 'side' | 'reason' | 'close'>

function released(hand: Hand, stay: Stay, ending: Ending) {
  const then = learning(hand, stay, () => { hand.memory.stays.delete(stay.id) })
  return { operation: 'placement.release', asked: { placementId: stay.id, ...ending }, ...then } as const
}

export const hostNo = onStay(isProposed, (hand, stay) => asHost(hand, stay, {
  ...released(hand, stay, { to: 'DECLINED', side: 'HOST', reason: 'OTHER', close: false }), ...hosts(stay, 'no'), body: {} }))

export const guestNo = onStay(isProposed, (hand, stay) => asGuest(hand, stay, {
  ...released(hand, stay, { to: 'DECLINED', side: 'GUEST', reason: 'OTHER', close: false }), ...theirs(stay, 'no'), body: {} }))

export const cancel = onStay((stay) => isProposed(stay) || isAgreed(stay), (hand, stay) => {
  const [side, needsPlace] = [hand.dice.pick(['GUEST', 'HOST', 'COORDINATOR'] as const), !hand.dice.once(6)]
  return byStaff(hand, {
    ...released(hand, stay, { to: 'CANCELLED', side, reason: 'OTHER', close: !needsPlace }), ...ours(stay, 'cancellation'),
    body: { version: stay.version, side, reason: 'OTHER', needsPlace } })
})

export const guestCancel = onStay(isAgreed, (hand, stay) => {
  const needsPlace = !hand.dice.once(6)
  return asGuest(hand, stay, {
    ...released(hand, stay, { to: 'CANCELLED', side: 'GUEST', reason: 'OTHER', close: !needsPlace }), ...theirs(stay, 'cancellation'), body: { needsPlace } })
})

export const noShow = onStay(isAgreed, (hand, stay) => byStaff(hand, {
  ...released(hand, stay, { to: 'NOT_ARRIVED', side: 'GUEST', reason: 'NO_SHOW', close: false }), ...ours(stay, 'no-show'),
  body: { version: stay.version, needsPlace: true } }))

export const depart = onStay(isThere, (hand, stay) => {
  const [reason, needsPlace] = ['PLANNED', hand.dice.once(3)] as const
  return byStaff(hand, {
    ...released(hand, stay, { to: 'DEPARTED', side: 'GUEST', reason, close: !needsPlace && endsTheNeed(reason) }), ...ours(stay, 'departure'),
    body: { version: stay.version, reason, needsPlace } })
})

export const leave = onStay(isThere, (hand, stay) => {
  const needsPlace = hand.dice.once(2)
  return asGuest(hand, stay, {
    ...released(hand, stay, { to: 'DEPARTED', side: 'GUEST', reason: 'GUEST_LEFT_EARLY', close: !needsPlace }), ...theirs(stay, 'departure'), body: { needsPlace } })
})

export const arrive = onStay(begins, (hand, stay) => {
  const parts = { operation: 'placement.arrived', asked: { placementId: stay.id }, ...learning(hand, stay, () => { stay.state = 'ARRIVED' }) } as const
  return hand.dice.once(3) ? asGuest(hand, stay, { ...parts, ...theirs(stay, 'arrival') })
    : byStaff(hand, { ...parts, ...ours(stay, 'arrival'), body: { version: stay.version } })
})

export const lengthen = onStay(isLasting, (hand, stay) => {
  const { once, roll } = hand.dice
  const [until, hostAgreed] = [addDays(stay.until, once(3) ? -1 : 1 + roll(3)), !once(6)]
  return byStaff(hand, {
    operation: 'placement.extend', asked: { placementId: stay.id, until, hostAgreed }, ...ours(stay, 'extension'),
    body: { version: stay.version, until, hostAgreed }, ...learning(hand, stay, () => { stay.until = until }) })
})

export const askLonger = onStay((stay) => isLasting(stay) && !stay.asked, (hand, stay) => {
  const until = addDays(stay.until, 1 + hand.dice.roll(3))
  return asGuest(hand, stay, {
    operation: 'extension.ask', asked: { placementId: stay.id, until }, ...theirs(stay, 'extension'), body: { until },
    ...learning(hand, stay, () => { stay.asked = true }) })
})

export const answerLonger = onStay((stay) => isLasting(stay) && stay.asked, (hand, stay) => {
  const agree = !hand.dice.once(3)
  return asHost(hand, stay, {
    operation: 'extension.answer', asked: { placementId: stay.id, agree }, ...hosts(stay, 'extension'), body: { agree },
    ...learning(hand, stay, () => { stay.asked = false }) })
})
