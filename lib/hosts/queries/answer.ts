import 'server-only'
import type { ArrivalState } from '@/lib/arrivals/schema'
import { db } from '@/lib/db/client'
import { dayOf } from '@/lib/db/dates'
import { womenFit } from '@/lib/placements/rules'
import { readTicket } from '@/lib/privacy/secret'
import { now } from '@/lib/time/clock'
import type { Day } from '@/lib/time/day'
import { readStays, type HostStay } from './stays'

/** A proposal as its guest may see it from a mailed link: the kind of place and its facts, never where exactly. */
export interface GuestOffer {
  placementId: string
  /** Once the offer is over, what the request does: looked for further, placed elsewhere, or closed. */
  state: 'ASK' | 'WAITING' | 'CONFIRMED' | 'OVER' | 'ELSEWHERE' | 'CLOSED'
  cityId: string
  districtId: string | null
  kind: string
  from: Day
  until: Day
  stepFree: boolean
  animalsHere: boolean
  childrenHere: boolean
  smoking: boolean
  womenOnly: boolean
  /** Agreed, but the household is not the one that was promised: the address is closed until somebody has talked. */
  householdChanged: boolean
  languages: string[]
  houseRules: string | null
  deadline: Date
}

/** What a mailed ticket opens. */
export type AnswerView = { side: 'HOST'; stay: HostStay } | { side: 'GUEST'; offer: GuestOffer }

async function hostSide(placementId: string): Promise<AnswerView | null> {
  const placement = await db.placement.findUnique({
    where: { id: placementId }, select: { planId: true, homeId: true, state: true },
  })
  if (placement === null) return null
  const [stay] = await readStays(placement)
  return stay ? { side: 'HOST', stay: { ...stay, placementId } } : null
}

const AFTERWARDS: Record<ArrivalState, GuestOffer['state']> = {
  OPEN: 'OVER', OFFERED: 'OVER', PLACED: 'ELSEWHERE', CLOSED: 'CLOSED', WITHDRAWN: 'CLOSED',
}

function guestState(row: { state: string; plan: { deadline: Date }; yeses: unknown[]; arrival: { state: ArrivalState } }): GuestOffer['state'] {
  if (row.state === 'CONFIRMED' || row.state === 'ARRIVED') return 'CONFIRMED'
  if (row.state !== 'PROPOSED' || row.plan.deadline <= now()) return AFTERWARDS[row.arrival.state]
  return row.yeses.length > 0 ? 'WAITING' : 'ASK'
}

async function guestSide(placementId: string): Promise<AnswerView | null> {
  const row = await db.placement.findUnique({
    where: { id: placementId }, include: {
      plan: true, home: true, host: true, arrival: { select: { state: true, womenOnly: true, allWomen: true } }, yeses: { where: { side: 'GUEST' } },
    },
  })
  if (row === null) return null
  const { home, host } = row
  return {
    side: 'GUEST',
    offer: {
      placementId,
      state: guestState(row),
      cityId: home.cityId, districtId: home.districtId, kind: home.kind, houseRules: home.houseRules, stepFree: home.stepFree,
      from: dayOf(row.fromDate), until: dayOf(row.untilDate), deadline: row.plan.deadline,
      animalsHere: host.animalsHere, childrenHere: host.childrenHere, smoking: host.smoking,
      householdChanged: row.state === 'CONFIRMED' && !womenFit(row),
      womenOnly: host.womenOnlyHousehold, languages: host.languages,
    },
  }
}

/**
 * Opens the page behind a mailed ticket. Reads only: no reveal, nothing that a link preview could change.
 *
 * @returns `null` for every ticket that is not one of ours, whatever is wrong with it.
 */
export async function answerView(ticket: string): Promise<AnswerView | null> {
  const read = readTicket(ticket)
  if (read === null) return null
  return read.side === 'HOST' ? hostSide(read.placementId) : guestSide(read.placementId)
}
