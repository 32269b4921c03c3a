import 'server-only'
import { dayOf } from '@/lib/db/dates'
import { db } from '@/lib/db/client'
import type { Prisma } from '@/lib/db/generated/client'
import { ticketFor } from '@/lib/privacy/secret'
import { now } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'

/** Where a stay stands, as its host needs to know it. `ASK` waits for the host, `WAITING` for somebody else. */
export type StayState =
  | 'ASK' | 'WAITING' | 'CONFIRMED' | 'ARRIVED' | 'DEPARTED' | 'DECLINED' | 'LAPSED' | 'CANCELLED' | 'NOT_ARRIVED'

/** Who comes: what a host may know before a yes. Never a contact. */
export interface StayParty {
  nickname: string
  adults: number
  childrenAges: number[]
  animals: boolean
  languages: string[]
  /** People who follow later, where the guests said so. */
  growth: { persons: number; from: Day; keepUntil: Day } | null
}

/** One answer's worth of a plan: all rooms of one home. */
export interface HostStay {
  placementId: string
  hostId: string
  homeId: string
  cityId: string
  kind: string
  state: StayState
  /** Null once the stay is over or came to nothing. */
  party: StayParty | null
  from: Day
  until: Day
  rooms: string[]
  deadline: Date
  /** Which yeses a proposal still waits for. */
  awaits: ('HOST' | 'GUEST' | 'LEAD')[]
  hasAddress: boolean
  contactKind: 'NONE' | 'MAIL' | 'PHONE'
  /** Last morning the guests ask for, while the host has not answered. */
  askedUntil: Day | null
  ticket: string
}

const SELECT = {
  arrival: true,
  plan: true,
  home: { select: { cityId: true, kind: true, addressSealed: true } },
  room: { select: { name: true } },
  yeses: { select: { side: true } },
  approvals: { select: { approverId: true } },
  extensions: { where: { state: 'ASKED' } },
} satisfies Prisma.PlacementInclude

type Row = Prisma.PlacementGetPayload<{ include: typeof SELECT }>

function awaitsOf({ yeses, approvals, needsSecond }: Row): HostStay['awaits'] {
  const said = yeses.map((yes) => yes.side)
  return [
    ...(said.includes('HOST') ? [] : ['HOST' as const]),
    ...(said.includes('GUEST') ? [] : ['GUEST' as const]),
    ...(needsSecond && approvals.length < 2 ? ['LEAD' as const] : []),
  ]
}

function stateOf(row: Row): StayState {
  if (row.state !== 'PROPOSED') return row.state
  // the clock decides, also in the minute before the job that writes it down
  if (row.plan.deadline <= now()) return 'LAPSED'
  return row.yeses.some((yes) => yes.side === 'HOST') ? 'WAITING' : 'ASK'
}

function growthOf({ growthPersons, growthFrom, growthKeepUntil }: Row['arrival']): StayParty['growth'] {
  if (growthPersons === null || growthFrom === null || growthKeepUntil === null) return null
  return { persons: growthPersons, from: dayOf(growthFrom), keepUntil: dayOf(growthKeepUntil) }
}

// Rooms of the same nights hold parts of one party; rooms of later nights hold the same people again.
function partyOf(first: Row, rows: readonly Row[]): StayParty {
  const together = rows.filter((row) => row.fromDate.getTime() === first.fromDate.getTime())
  const { nickname, animals, languages } = first.arrival
  return {
    nickname, animals, languages,
    adults: together.reduce((sum, row) => sum + row.adults, 0),
    childrenAges: together.flatMap((row) => row.childrenAges).sort((a, b) => a - b),
    growth: growthOf(first.arrival),
  }
}

const SHOWS_PARTY: readonly StayState[] = ['ASK', 'WAITING', 'CONFIRMED', 'ARRIVED']

function stayOf(first: Row, rows: readonly Row[]): HostStay {
  const state = stateOf(first)
  const [asked] = first.extensions
  const last = rows.reduce((latest, row) => (row.untilDate > latest ? row.untilDate : latest), first.untilDate)
  return {
    placementId: first.id,
    hostId: first.hostId,
    homeId: first.homeId,
    cityId: first.home.cityId,
    kind: first.home.kind,
    state,
    party: SHOWS_PARTY.includes(state) ? partyOf(first, rows) : null,
    from: dayOf(first.fromDate),
    until: dayOf(last),
    rooms: [...new Set(rows.map((row) => row.room.name))],
    deadline: first.plan.deadline,
    awaits: awaitsOf(first),
    hasAddress: first.home.addressSealed !== null,
    contactKind: first.arrival.contactKind,
    askedUntil: asked && (state === 'CONFIRMED' || state === 'ARRIVED') ? dayOf(asked.untilDate) : null,
    ticket: ticketFor(first.id, 'HOST'),
  }
}

function together(one: Row): string {
  return `${one.planId}:${one.homeId}:${one.state}`
}

/** Stays of a host, rooms of one plan and home taken together; earliest first, at most 200 placements. */
export async function readStays(where: Prisma.PlacementWhereInput): Promise<HostStay[]> {
  const rows = await db.placement.findMany({
    where, include: SELECT, orderBy: [{ fromDate: 'asc' }, { id: 'asc' }], take: 200,
  })
  const firsts = rows.filter((row, index) => rows.findIndex((other) => together(other) === together(row)) === index)
  return firsts.map((first) => stayOf(first, rows.filter((row) => together(row) === together(first))))
}
