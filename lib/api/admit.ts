import 'server-only'
import { callerAddress, countTry } from '@/lib/actions/rate-limit'
import { readBearer } from '@/lib/auth/bearer'
import { can, ROLES, type Actor } from '@/lib/auth/rules'
import { AppError } from '@/lib/errors'
import type { Caller, Endpoint } from './define-endpoint'

const ANONYMOUS: Actor = { kind: 'ANONYMOUS' }

function isAtLeast(actor: Actor, role: 'COORDINATOR' | 'LEAD'): boolean {
  return actor.kind === 'USER' && ROLES.indexOf(actor.role) >= ROLES.indexOf(role)
}

/** Whether somebody is one of the callers an endpoint is for. A host's token is no coordinator's, and the other way round. */
const IS: Readonly<Record<Caller, (actor: Actor) => boolean>> = {
  ANYBODY: () => true,
  NEWCOMER: (actor) => actor.kind === 'GUEST',
  HOST: (actor) => actor.kind === 'USER' && actor.role === 'HOST',
  COORDINATOR: (actor) => isAtLeast(actor, 'COORDINATOR'),
  LEAD: (actor) => isAtLeast(actor, 'LEAD'),
}

/**
 * Lets a caller in, or stops them. A wrong bearer counts against its network, a right one for itself: a station's network
 * is not one caller, and nobody is kept out because a neighbour guesses.
 *
 * @throws AppError UNAUTHENTICATED, FORBIDDEN or RATE_LIMITED.
 */
export async function admit({ who, permission, method }: Pick<Endpoint, 'who' | 'permission' | 'method'>, headers: Headers): Promise<Actor> {
  const address = callerAddress(headers)
  if (who === 'ANYBODY') {
    await countTry(method === 'GET' ? 'act' : 'request', address)
    return ANONYMOUS
  }
  const speaker = await readBearer(headers.get('authorization'))
  if (speaker === null) {
    await countTry('guess', address)
    throw new AppError('UNAUTHENTICATED')
  }
  await countTry('program', speaker.countedAs)
  if (!IS[who](speaker.actor) || !can(speaker.actor, permission)) throw new AppError('FORBIDDEN')
  return speaker.actor
}
