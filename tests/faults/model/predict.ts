import type { Day } from '@/lib/time/day'
import type { Proposal, Requests } from '../journal'
import type { Answer } from './answer'
import { expireVetting, lapse } from './clock'
import { release } from './end'
import { changeAddress, pause, seeHousehold } from './host'
import { answerLonger, askLonger } from './longer'
import { propose, proposeMany } from './propose'
import { ask, reopen, withdraw } from './request'
import { changeRoom, closeNights, offerNights } from './room'
import { move } from './move'
import { extend, recordArrived } from './stay'
import { change, type Party, type World } from './world'
import { sayYes, secondYes } from './yes'

type Versioned<Request> = Request & { version?: number }

/** Ids that the database gives, filled in from its answer. */
export interface Made {
  made: { planId: string; placementIds: readonly string[] }
}

/** What may happen in the model's world: what people ask for by its name in the journal, and what only time does. */
export interface Acts {
  'plan.propose': Proposal & Made
  'plan.propose-many': { proposals: readonly (Proposal & Made)[] }
  'placement.yes': Versioned<Requests['placement.yes']>
  'placement.second-yes': Versioned<Requests['placement.second-yes']>
  'placement.release': Versioned<Requests['placement.release']>
  'placement.arrived': Versioned<Requests['placement.arrived']>
  'placement.extend': Versioned<Requests['placement.extend']>
  'placement.move': Versioned<Requests['placement.move']>
  'extension.ask': Requests['extension.ask']
  'extension.answer': Requests['extension.answer']
  'arrival.ask': { arrivalId: string; cityId: string; party: Party }
  'arrival.withdraw': Requests['arrival.withdraw']
  'arrival.reopen': Requests['arrival.reopen']
  'group.form': Requests['group.form'] & { groupId: string }
  'host.pause': Requests['host.pause']
  'host.seen': { hostId: string; womenOnlyHousehold: boolean; womenOnlyGuests: boolean }
  'host.expire': Requests['host.expire']
  'home.address': { homeId: string; hostId: string; address: string }
  'home.visited': { homeId: string }
  'room.change': Omit<Requests['room.change'], 'version'>
  'opening.offer': Omit<Requests['opening.offer'], 'version'>
  'opening.close': Omit<Requests['opening.close'], 'version'>
  'plan.lapse': Requests['plan.lapse']
  'plan.remind': Requests['plan.remind']
  /** A night goes by in a town. */
  'night.passes': { cityId: string; today: Day; zone: string }
  /** The clock of a plan runs out. */
  'deadline.passes': { planId: string }
  /** An invariant was found violated, or holds again. */
  'approvals.turn': { open: boolean }
}

export type Act = { [Name in keyof Acts]: { operation: Name; actor: string; request: Acts[Name] } }[keyof Acts]

type Rules = { [Name in keyof Acts]: (world: World, request: Acts[Name], actor: string) => Answer }

const RULES: Rules = {
  'plan.propose': (world, request, actor) => propose(world, { ...request, userId: userIdOf(actor) }),
  'plan.propose-many': (world, { proposals }, actor) => proposeMany(world, proposals.map((one) => ({ ...one, userId: userIdOf(actor) }))),
  'placement.yes': (world, request, actor) => sayYes(world, { ...request, actor }),
  'placement.second-yes': (world, request, actor) => secondYes(world, { ...request, userId: userIdOf(actor) }),
  'placement.release': (world, request, actor) => release(world, { ...request, actor }),
  'placement.arrived': (world, request, actor) => recordArrived(world, { ...request, actor }),
  'placement.extend': (world, request, actor) => extend(world, { ...request, actor }),
  'placement.move': (world, request, actor) => move(world, { ...request, actor }),
  'extension.ask': askLonger,
  'extension.answer': (world, request, actor) => answerLonger(world, { ...request, actor }),
  'arrival.ask': ask,
  'arrival.withdraw': withdraw,
  'arrival.reopen': reopen,
  'group.form': (world, { arrivalIds, groupId }) => write(() => { for (const id of arrivalIds) change(world.arrivals, id, { groupId }) }),
  'host.pause': pause,
  'host.seen': seeHousehold,
  'host.expire': (world, { hostId }) => expireVetting(world, hostId),
  'home.address': changeAddress,
  'home.visited': (world, { homeId }) => write(() => change(world.homes, homeId, { toVisit: false })),
  'room.change': changeRoom,
  'opening.offer': offerNights,
  'opening.close': closeNights,
  'plan.lapse': (world, { planId }) => lapse(world, planId),
  // a reminder changes nothing but who was written to
  'plan.remind': () => ({ code: 'OK' }),
  'night.passes': (world, { cityId, today }) => write(() => change(world.cities, cityId, { today })),
  'deadline.passes': (world, { planId }) => write(() => change(world.plans, planId, { deadline: world.now })),
  'approvals.turn': (world, { open }) => write(() => { world.approvalsOpen = open }),
}

function write(work: () => void): Answer {
  work()
  return { code: 'OK' }
}

function userIdOf(actor: string): string {
  return actor.replace(/^user:/, '')
}

/** What the database must answer to this act in this world. Afterwards the world is as the database's must be. */
export function predict<Name extends keyof Acts>(world: World, { operation, request, actor }: { operation: Name; request: Acts[Name]; actor: string }): Answer {
  return RULES[operation](world, request, actor)
}
