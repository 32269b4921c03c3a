import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { byAnybody, byGuest, byHost, byStaff, type Deed } from './ask'
import { someNights } from './memory'

const OPEN_NIGHTS = 100

/** Somebody asks for a place; one of four can be written to. */
export const ask: Deed = (hand) => {
  const { pick, roll, once, key } = hand.dice
  const cityId = pick(hand.crowd.cityIds)
  const nights = someNights(hand.dice, todayIn(cityId))
  const adults = 1 + roll(2)
  const reach = once(4) ? { kind: 'MAIL', contact: `${key()}@example.org` } : { kind: 'NONE' }
  const length = (Date.parse(nights.until) - Date.parse(nights.from)) / 86_400_000
  return byAnybody(hand, {
    operation: 'other.write', asked: { operation: 'arrival.request' }, method: 'POST', path: '/requests',
    body: { where: { cityId, firstNight: nights.from, nights: length }, who: { adults }, reach: { ...reach, nickname: 'гость' } },
    done: (body) => { hand.memory.add({ arrivalId: String(body['arrivalId']), secret: String(body['secret']), cityId, adults, ...nights }) },
  })
}

export const withdraw: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  return guest && byGuest(hand, guest, {
    operation: 'arrival.withdraw', asked: { arrivalId: guest.arrivalId, erase: false }, method: 'POST', path: '/stay/withdrawal',
    done: () => { hand.memory.lose(guest.arrivalId, true) },
  })
}

export const erase: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  return guest && byGuest(hand, guest, {
    operation: 'arrival.withdraw', asked: { arrivalId: guest.arrivalId, erase: true }, method: 'DELETE', path: '/stay',
    done: () => { hand.memory.lose(guest.arrivalId, false) },
  })
}

/** Said on the telephone: only what is not agreed yet is taken back there. */
export const withdrawAtDesk: Deed = (hand) => {
  const guest = hand.memory.guest(hand.dice)
  return guest && byStaff(hand, {
    operation: 'arrival.withdraw', asked: { arrivalId: guest.arrivalId, erase: false }, method: 'POST', path: `/arrivals/${guest.arrivalId}/withdrawal`,
    done: () => { hand.memory.lose(guest.arrivalId, true) },
  })
}

export const reopen: Deed = (hand) => {
  const { gone } = hand.memory
  if (gone.length === 0) return null
  const guest = hand.dice.pick(gone)
  const forget = () => { gone.splice(gone.indexOf(guest), 1) }
  return byStaff(hand, {
    operation: 'arrival.reopen', asked: { arrivalId: guest.arrivalId }, method: 'POST', path: `/arrivals/${guest.arrivalId}/reopening`, refused: forget,
    done: () => {
      forget()
      hand.memory.add(guest)
    },
  })
}

export const pause: Deed = (hand) => {
  const home = hand.dice.pick(hand.crowd.homes)
  // seldom, and taken back soon: a town where everybody rests is no test
  const paused = hand.dice.once(5)
  return byHost(hand, home, {
    operation: 'host.pause', asked: { hostId: home.hostId, paused }, method: 'PUT', path: '/host/pause', body: { paused },
  })
}

/** How often each room was changed, as far as is known: what a form of it would name. */
const versions = new Map<string, number>()

function form(roomId: string) {
  const version = versions.get(roomId) ?? 1
  return { version, done: () => { versions.set(roomId, version + 1) }, refused: (code: string) => {
    // somebody else has changed it: the next form is newer
    if (code === 'STALE_VERSION') versions.set(roomId, version + 1)
  } }
}

export const changeBeds: Deed = (hand) => {
  const home = hand.dice.pick(hand.crowd.homes)
  const roomId = hand.dice.pick(home.roomIds)
  const { version, ...then } = form(roomId)
  const facts = { sleeps: 2 + hand.dice.roll(3), inService: !hand.dice.once(10) }
  return byHost(hand, home, {
    operation: 'room.change', asked: { roomId, version, ...facts }, method: 'PUT', path: `/host/rooms/${roomId}`,
    body: { version, name: 'room', quiet: false, privateBath: false, ...facts }, ...then,
  })
}

export const close: Deed = (hand) => {
  const home = hand.dice.pick(hand.crowd.homes)
  const roomId = hand.dice.pick(home.roomIds)
  const { version, ...then } = form(roomId)
  const from = addDays(todayIn(home.cityId), hand.dice.roll(40))
  const nights = { from, until: addDays(from, 1 + hand.dice.roll(3)) }
  return byHost(hand, home, {
    operation: 'opening.close', asked: { roomId, version, nights }, method: 'POST', path: `/host/rooms/${roomId}/closures`,
    body: { version, ...nights }, ...then,
  })
}

export const offer: Deed = (hand) => {
  const home = hand.dice.pick(hand.crowd.homes)
  const roomId = hand.dice.pick(home.roomIds)
  const { version, ...then } = form(roomId)
  const today = todayIn(home.cityId)
  const nights = { from: today, until: addDays(today, OPEN_NIGHTS) }
  return byHost(hand, home, {
    operation: 'opening.offer', asked: { roomId, version, nights }, method: 'POST', path: `/host/rooms/${roomId}/openings`,
    body: { version, ...nights }, ...then,
  })
}
