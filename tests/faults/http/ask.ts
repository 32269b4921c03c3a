import type { Operation, Requests } from '../journal'
import type { Crowd, CrowdHome } from '../soak/crowd'
import type { Dice } from '../soak/dice'
import type { Stay } from '../soak/memory'
import type { ApiRequest } from './caller'
import { KEY_MARK } from './kill-at'
import type { KnownGuest, Memory } from './memory'
import type { Stage } from './stage'

/** What somebody does over HTTP, and how the journal says it. */
export interface Ask {
  request: ApiRequest
  /** Null for what only reads. */
  line: Line | null
  /** What was asked, where the server works it out: read back after a yes. */
  recall?: (body: Record<string, unknown>) => Promise<Requests[Operation]>
  /** What its sender knows after a yes. */
  done?: (body: Record<string, unknown>) => void
  /** What its sender knows after a no, by its code. */
  refused?: (code: string) => void
}

interface Line {
  operation: Operation
  /** As `actorLabel` names them. */
  actor: string
  asked: Requests[Operation]
}

/** One program, and what all of them share. */
export interface Hand {
  dice: Dice
  memory: Memory
  crowd: Crowd
  stage: Stage
  /** Tokens by user. */
  tokens: ReadonlyMap<string, string>
}

/** Makes the request of one deed; null where nothing is known that it could be done to. */
export type Deed = (hand: Hand) => Ask | null

type Parts<Name extends Operation> = Pick<ApiRequest, 'method' | 'path' | 'body'> & Pick<Ask, 'recall' | 'done' | 'refused'> & {
  operation: Name
  asked: Requests[Name]
}

function keyed<Name extends Operation>(
  { dice }: Hand, { actor, bearer }: { actor: string; bearer?: string }, { operation, asked, recall, done, refused, ...request }: Parts<Name>,
): Ask {
  return {
    line: { operation, actor, asked }, ...(recall ? { recall } : {}), ...(done ? { done } : {}), ...(refused ? { refused } : {}),
    request: { ...request, key: `${KEY_MARK}${dice.key()}`, ...(bearer === undefined ? {} : { bearer }) },
  }
}

/** A request of nobody known. */
export function byAnybody<Name extends Operation>(hand: Hand, parts: Parts<Name>): Ask {
  return keyed(hand, { actor: 'anonymous' }, parts)
}

/** A request of somebody of the team; a lead where it must be one. */
export function byStaff<Name extends Operation>(hand: Hand, parts: Parts<Name>, role?: 'LEAD'): Ask {
  const { userId } = hand.dice.pick(hand.crowd.staff.filter((one) => role === undefined || one.role === role))
  return keyed(hand, { actor: `user:${userId}`, bearer: hand.tokens.get(userId) ?? '' }, parts)
}

/** A request of a host. */
export function byHost<Name extends Operation>(hand: Hand, { userId }: Pick<CrowdHome, 'userId'>, parts: Parts<Name>): Ask {
  return keyed(hand, { actor: `user:${userId}`, bearer: hand.tokens.get(userId) ?? '' }, parts)
}

/** A request of a newcomer, by their secret. Erased by themselves from another phone, their secret opens nothing. */
export function byGuest<Name extends Operation>(hand: Hand, { arrivalId, secret }: KnownGuest, parts: Parts<Name>): Ask {
  const refused = (code: string) => {
    if (code === 'UNAUTHENTICATED') hand.memory.lose(arrivalId, false)
    parts.refused?.(code)
  }
  return keyed(hand, { actor: `arrival:${arrivalId}`, bearer: secret }, { ...parts, refused })
}

/** A look at something: nothing is written, so no key goes with it. */
export function look(path: string, bearer: string): Ask {
  return { request: { method: 'GET', path, bearer }, line: null }
}

/** The home of a stay and who answers for it. */
export function homeOf({ crowd }: Hand, { homeId }: Stay): CrowdHome | null {
  return crowd.homes.find((home) => home.homeId === homeId) ?? null
}
