import type { Day } from '../../time/day'
import type { Nights } from '../../time/nights'
import type { ArrivalState, LEAVING_REASONS, ReachChoice } from '../schema'

/** One room of a plan, as the newcomer may know it before any yes: no address, no name. */
export interface StayRoom {
  placementId: string
  nights: Nights
  /** How many of the party sleep here, infants included. */
  guests: number
  sleeps: number
  sharedHall: boolean
  privateBath: boolean
  quiet: boolean
}

export type LiveState = 'PROPOSED' | 'CONFIRMED' | 'ARRIVED'

/** One home of a plan with the party's rooms in it. */
export interface StayHome {
  /** Stands for all rooms of this home in the plan. */
  placementId: string
  state: LiveState
  cityId: string
  districtId: string | null
  kind: 'ROOM_IN_HOME' | 'FLAT' | 'HOUSE' | 'OFFICE' | 'HALL'
  stepFree: boolean
  ownEntrance: boolean
  animalsHere: boolean
  childrenHere: boolean
  smoking: boolean
  womenOnlyHousehold: boolean
  languages: readonly string[]
  houseRules: string | null
  /** The host lets guests of a confirmed stay ask for the host's contact. */
  contactShown: boolean
  /** Agreed, but the household is not the one that was promised: the address is closed until somebody has talked. */
  householdChanged: boolean
  /** From the first night to the last morning, all rooms together. */
  nights: Nights
  rooms: StayRoom[]
  /** The newest wish to stay longer, `null` when there was none; `searching`: we look for nights after this stay. */
  extension: { until: Day; state: 'ASKED' | 'AGREED' | 'REFUSED'; searching: boolean } | null
  /** The day has come (or tomorrow is it) on which an arrival can be recorded. */
  mayArrive: boolean
}

/** A plan that is proposed or agreed: its homes in the order of their nights. */
export interface StayPlan {
  planId: string
  deadline: Date
  /** The guest has said yes to everything that is proposed. */
  guestSaidYes: boolean
  /** So have the hosts: a second volunteer looks at it before it holds. */
  hostsSaidYes: boolean
  homes: StayHome[]
}

/** What a newcomer sees of their own request: only what this state allows. */
export interface StayView {
  arrivalId: string
  code: string
  nickname: string
  state: ArrivalState
  cityId: string
  /** IANA name of the city's zone. */
  timeZone: string
  now: Date
  today: Day
  /** Nights still needed. */
  nights: Nights
  /** Nights still needed beside an agreed place, for which there is none; `null` when there are none. */
  onward: Nights | null
  adults: number
  childrenAges: readonly number[]
  contactKind: ReachChoice
  /** `null` when nobody is waiting any more. */
  queue: { peopleAhead: number; lookedAt: Date | null } | null
  plans: StayPlan[]
  /** How the last stay ended, for the closing page and the words above the queue. */
  lastEnd: { state: string; side: string | null } | null
  /** Day on which contact and name are deleted. */
  deletionDay: Day
}

/** Where a newcomer's request stands, as their page says it. */
export const STAGES = ['SEARCHING', 'PROPOSED', 'WAITING_HOST', 'AWAITS_LEAD', 'CONFIRMED', 'ARRIVED', 'ENDED'] as const
export type Stage = (typeof STAGES)[number]

/** What the first night still to come is: agreed, asked of somebody, or without a place. */
function firstNight({ plans, onward }: Pick<StayView, 'plans' | 'onward'>): 'AGREED' | 'ASKED' | 'NONE' {
  const homes = plans.flatMap((plan) => plan.homes)
    .map(({ state, nights }) => ({ is: state === 'CONFIRMED' ? 'AGREED' as const : 'ASKED' as const, from: nights.from }))
  const gap = onward ? [{ is: 'NONE' as const, from: onward.from }] : []
  // of what begins on the same day, the agreed counts
  const [first] = [...homes, ...gap].sort((one, other) => (
    one.from < other.from ? -1 : one.from > other.from ? 1 : one.is.localeCompare(other.is)))
  return first?.is ?? 'NONE'
}

/**
 * The stage of the plan that needs the newcomer most: a question first, then where they are, then what they wait for. An
 * agreed place is theirs when no night before it is still without one.
 */
export function stageOf({ state, plans, onward }: Pick<StayView, 'state' | 'plans' | 'onward'>): Stage {
  if (state === 'CLOSED' || state === 'WITHDRAWN') return 'ENDED'
  const open = plans.filter(({ homes }) => homes.some((home) => home.state === 'PROPOSED'))
  if (open.some(({ guestSaidYes }) => !guestSaidYes)) return 'PROPOSED'
  if (plans.some(({ homes }) => homes.some((home) => home.state === 'ARRIVED'))) return 'ARRIVED'
  const first = firstNight({ plans, onward })
  if (first !== 'ASKED') return first === 'AGREED' ? 'CONFIRMED' : 'SEARCHING'
  return open.every(({ hostsSaidYes }) => hostsSaidYes) ? 'AWAITS_LEAD' : 'WAITING_HOST'
}

/** What the page says first: the stage, or that the agreed place is looked at once more. */
export function headingOf(view: Pick<StayView, 'state' | 'plans' | 'onward'>): Stage | 'CHANGED' {
  const stage = stageOf(view)
  const changed = view.plans.some(({ homes }) => homes.some(({ householdChanged }) => householdChanged))
  return stage === 'CONFIRMED' && changed ? 'CHANGED' : stage
}

/** How a request came to its end, as its closing page says it; `OTHER` when neither the guest nor a stay ended it. */
type Closing = 'WITHDRAWN' | 'DEPARTED' | 'NO_NEED' | 'NOT_ARRIVED' | 'OTHER'

/** Why a request that is over is over. */
export function closingOf({ state, lastEnd }: Pick<StayView, 'state' | 'lastEnd'>): Closing {
  if (state === 'WITHDRAWN') return 'WITHDRAWN'
  if (lastEnd?.state === 'DEPARTED' || lastEnd?.state === 'NOT_ARRIVED') return lastEnd.state
  return lastEnd?.state === 'DECLINED' && lastEnd.side === 'GUEST' ? 'NO_NEED' : 'OTHER'
}

/**
 * What a guest may take back before coming: the agreed stay they pressed, or all of them when none was pressed.
 *
 * @param asked placement of the pressed stay, as it stood in the address.
 * @returns `there` when they live with hosts now, so that closing the request ends more than what is to come.
 */
export function cancellable({ plans }: Pick<StayView, 'plans'>, asked: unknown): { homes: StayHome[]; there: boolean } {
  const homes = plans.flatMap((plan) => plan.homes)
  const agreed = homes.filter(({ state }) => state === 'CONFIRMED')
  const pressed = agreed.filter(({ placementId }) => placementId === asked)
  return { homes: pressed.length > 0 ? pressed : agreed, there: homes.some(({ state }) => state === 'ARRIVED') }
}

type LeavingReason = (typeof LEAVING_REASONS)[number]

/** Where people who leave for this reason go, as the outcome is counted. */
export function destinationOf(reason: LeavingReason): 'SETTLED' | 'TEMPORARY' | 'UNKNOWN' {
  if (reason === 'OWN_RENT') return 'SETTLED'
  return reason === 'NEXT_HOST' || reason === 'FAMILY_CAME' ? 'TEMPORARY' : 'UNKNOWN'
}
