import { formGroup } from '@/lib/arrivals/commands/group'
import { requestShelter } from '@/lib/arrivals/commands/request'
import type { Intake } from '@/lib/arrivals/schema'
import type { Actor, UserActor } from '@/lib/auth/rules'
import { db } from '@/lib/db/client'
import { withRetry } from '@/lib/db/transaction'
import { changeRoom, closeNights, offerNights } from '@/lib/hosts/commands/room'
import { reopenArrival, withdrawArrival } from '@/lib/placements/commands/release'
import { pauseHost } from '@/lib/placements/commands/stay'
import { withdrawFor } from '@/lib/placements/commands/withdraw-for'
import { addDays } from '@/lib/time/day'
import { attempt, dayIn, type Deed, type Hand } from './attempt'
import type { CrowdHome, Guest } from './crowd'
import { worldOfGuest } from './world-of-guest'

const OPEN_NIGHTS = 100

function intakeOf({ cityId, adults, childrenAges }: Omit<Guest, 'arrivalId' | 'groupId'>, nights: number): Intake {
  return {
    where: { cityId, firstNight: 'today', nights },
    who: { adults, childrenAges, circumstances: [], languages: ['ru'], growth: null },
    reach: { kind: 'NONE', contact: '', nickname: 'guest' },
    note: null,
  }
}

/** Somebody new asks for a place. */
export const ask: Deed = (hand) => {
  const { pick, roll, once } = hand.dice
  const party = { cityId: pick(hand.crowd.cityIds), adults: 1 + roll(3), childrenAges: once(6) ? [5] : [] }
  const token = hand.dice.key()
  const anonymous: Actor = { kind: 'ANONYMOUS' }
  // the same however often it is sent: other wishes under this secret would be refused
  const intake = intakeOf(party, 3 + roll(10))
  return attempt(hand, {
    operation: 'other.write', request: { operation: 'arrival.request' }, actor: anonymous,
    send: (by) => requestShelter({ ...by, intake, token, source: 'WEB', locale: 'ru' }),
    done: ({ arrivalId }) => {
      const guest = { arrivalId, ...party, groupId: null }
      // in the journal before anybody can propose anything to them
      hand.write(worldOfGuest(guest))
      hand.memory.addGuest(guest)
    },
  })
}

/** Two who wait in the same town ask to be placed together. */
export const joinUp: Deed = (hand) => {
  const first = hand.memory.guest(hand.dice)
  const others = hand.memory.guests.filter((guest) => guest !== first && guest.cityId === first?.cityId && guest.groupId === null)
  if (first?.groupId !== null || others.length === 0) return null
  const request = { arrivalIds: [first.arrivalId, hand.dice.pick(others).arrivalId] }
  return attempt(hand, {
    operation: 'group.form', request, actor: hand.dice.pick(hand.crowd.staff),
    send: (by) => formGroup({ ...by, ...request, together: 'SAME_CITY' }),
    done: ({ group }) => { hand.memory.joinGuests(request.arrivalIds, group) },
  })
}

export const withdraw: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  if (!guest) return null
  const request = { arrivalId: guest.arrivalId, erase: hand.dice.once(3) }
  return attempt(hand, {
    operation: 'arrival.withdraw', request, actor: { kind: 'GUEST', arrivalId: guest.arrivalId } as const,
    send: (by) => withdrawArrival({ ...by, ...request }),
    done: () => { hand.memory.loseGuest(guest.arrivalId, !request.erase) },
  })
}

/** Said on the telephone: only what is not agreed yet is taken back there. */
export const withdrawAtDesk: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  return guest && attempt(hand, {
    operation: 'arrival.withdraw', request: { arrivalId: guest.arrivalId, erase: false }, actor: hand.dice.pick(hand.crowd.staff),
    send: (by) => withdrawFor({ ...by, arrivalId: guest.arrivalId }),
    done: () => { hand.memory.loseGuest(guest.arrivalId, true) },
  })
}

export const reopen: Deed = (hand) => {
  const { gone } = hand.memory
  if (gone.length === 0) return null
  const guest = hand.dice.pick(gone)
  return attempt(hand, {
    operation: 'arrival.reopen', request: { arrivalId: guest.arrivalId }, actor: hand.dice.pick(hand.crowd.staff),
    send: (by) => reopenArrival({ ...by, arrivalId: guest.arrivalId }),
    done: () => {
      gone.splice(gone.indexOf(guest), 1)
      hand.memory.addGuest(guest)
    },
    refused: () => { gone.splice(gone.indexOf(guest), 1) },
  })
}

const hostOf = ({ userId, hostId, cityId }: CrowdHome): UserActor => ({ kind: 'USER', userId, role: 'HOST', name: 'Dana', cityIds: [cityId], hostId })

export const pause: Deed = (hand) => {
  const home = hand.dice.pick(hand.crowd.homes)
  // seldom, and taken back soon: a town where everybody rests is no test
  const request = { hostId: home.hostId, paused: hand.dice.once(5) }
  return attempt(hand, { operation: 'host.pause', request, actor: hostOf(home), send: (by) => pauseHost({ ...by, ...request }) })
}

/** A form of the room as it stands now, which a rival may have changed before it is sent. */
async function formOf({ dice, crowd }: Hand) {
  const home = dice.pick(crowd.homes)
  const id = dice.pick(home.roomIds)
  const room = await withRetry(() => db.room.findUniqueOrThrow({ where: { id } }))
  return { home, room, actor: hostOf(home), of: { roomId: id, version: room.version } }
}

export const changeBeds: Deed = async (hand) => {
  const { room, actor, of } = await formOf(hand)
  const request = { ...of, sleeps: 2 + hand.dice.roll(3), inService: !room.inService || !hand.dice.once(8) }
  const facts = { name: room.name, quiet: room.quiet, privateBath: room.privateBath }
  return attempt(hand, { operation: 'room.change', request, actor, send: (by) => changeRoom({ ...by, ...request, ...facts }) })
}

export const close: Deed = async (hand) => {
  const { home, actor, of } = await formOf(hand)
  const from = dayIn(home.cityId, hand.dice.roll(40))
  const request = { ...of, nights: { from, until: addDays(from, 1 + hand.dice.roll(3)) } }
  return attempt(hand, { operation: 'opening.close', request, actor, send: (by) => closeNights({ ...by, ...request }) })
}

export const offer: Deed = async (hand) => {
  const { home, actor, of } = await formOf(hand)
  const request = { ...of, nights: { from: dayIn(home.cityId, 0), until: dayIn(home.cityId, OPEN_NIGHTS) } }
  return attempt(hand, { operation: 'opening.offer', request, actor, send: (by) => offerNights({ ...by, ...request }) })
}
