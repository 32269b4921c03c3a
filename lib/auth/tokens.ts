import 'server-only'
import { recordEvent } from '@/lib/audit/commands'
import { db } from '@/lib/db/client'
import { inTransaction, type Tx } from '@/lib/db/transaction'
import { blindIndex, hashSecret, newToken } from '@/lib/privacy/secret'
import { accept, refuse, type Result } from '@/lib/result'
import { citiesSeenBy, narrowed, type UserActor } from './rules'

/** In front of every token, so that whoever scans texts for lost secrets knows one when they see it. */
export const TOKEN_PREFIX = 'qonaq_'
const MOST_LISTED = 500
// as in `staff.ts`: whoever starts a command on the server holds its keys anyway
const ACTOR = 'system'

/** A token, as the person with the keys of the server asks for it. */
export interface TokenWanted {
  /** Normalised by `mailText`; whose it is. */
  mail: string
  /** What it is for. */
  name: string
  role: UserActor['role']
  /** Cities by id; none for a host. */
  cityIds: readonly string[]
  /** Days until it opens nothing. */
  days: number
}

export type TokenRefusal = 'NO_USER' | 'ABOVE_USER' | 'NOT_A_HOST'

async function findOwner(tx: Tx, mail: string): Promise<UserActor | null> {
  const user = await tx.user.findUnique({ where: { emailIndex: blindIndex('email', mail) }, include: { host: { select: { id: true } } } })
  if (user?.disabledAt !== null) return null
  return { kind: 'USER', userId: user.id, role: user.role, name: user.name, cityIds: citiesSeenBy(user), hostId: user.host?.id ?? null }
}

function refusalFor(owner: UserActor, { role, cityIds }: TokenWanted): TokenRefusal | null {
  const actor = narrowed(owner, { role, cityIds })
  if (actor === null) return role === 'HOST' ? 'NOT_A_HOST' : 'ABOVE_USER'
  return actor.role === role && (role === 'HOST' || actor.cityIds.length === cityIds.length) ? null : 'ABOVE_USER'
}

/**
 * Makes a token. It is answered this once; kept is its keyed hash.
 *
 * @returns `NO_USER` for an address nobody has or whose person is disabled, `ABOVE_USER` for a role or a city its user
 *   does not have, `NOT_A_HOST` for a host's token of somebody who hosts nobody.
 */
export async function makeToken(wanted: TokenWanted): Promise<Result<{ tokenId: string; token: string }, TokenRefusal>> {
  return inTransaction(async (tx) => {
    const owner = await findOwner(tx, wanted.mail)
    if (owner === null) return refuse('NO_USER')
    const refusal = refusalFor(owner, wanted)
    if (refusal !== null) return refuse(refusal)
    const token = `${TOKEN_PREFIX}${newToken()}`
    const [made] = await tx.$queryRaw<{ id: string }[]>`
      insert into api_token (user_id, token_hash, name, role, city_ids, expires_at)
      values (${owner.userId}::uuid, ${hashSecret('token', token)}, ${wanted.name}, ${wanted.role}::user_role,
        ${[...wanted.cityIds]}::text[], now() + make_interval(days => ${wanted.days}::int)) returning id::text`
    if (!made) throw new Error('an insert answers its row')
    await recordEvent(tx, { actor: ACTOR, action: 'token.made', subject: { token: made.id, user: owner.userId, role: wanted.role } })
    return accept({ tokenId: made.id, token })
  })
}

/** A token as a list shows it. */
export interface ListedToken {
  id: string
  name: string
  userName: string
  role: UserActor['role']
  cityIds: string[]
  expiresAt: Date
  lastUsedOn: Date | null
  /** What it would open now; a token of somebody who is disabled opens nothing either, and is not marked here. */
  state: 'OPEN' | 'OVER' | 'REVOKED'
}

/** Tokens, newest first; whether one has run out is the database's to say. */
export async function listTokens(): Promise<ListedToken[]> {
  return db.$queryRaw<ListedToken[]>`
    select api_token.id::text as id, api_token.name, "user".name as "userName", api_token.role::text as role,
      api_token.city_ids as "cityIds", expires_at as "expiresAt", last_used_on as "lastUsedOn",
      case when revoked_at is not null then 'REVOKED' when expires_at <= now() then 'OVER' else 'OPEN' end as state
    from api_token join "user" on "user".id = api_token.user_id
    order by api_token.created_at desc, api_token.id limit ${MOST_LISTED}::int`
}

/** Ends a token at once; a second time changes nothing. @returns `NO_TOKEN` for an id of none. */
export async function revokeToken(tokenId: string): Promise<Result<{ tokenId: string }, 'NO_TOKEN'>> {
  return inTransaction(async (tx) => {
    const ended = await tx.$executeRaw`
      update api_token set revoked_at = now() where id = ${tokenId}::uuid and revoked_at is null`
    if (ended === 1) await recordEvent(tx, { actor: ACTOR, action: 'token.revoked', subject: { token: tokenId } })
    const known = ended === 1 || (await tx.apiToken.count({ where: { id: tokenId } })) === 1
    return known ? accept({ tokenId }) : refuse('NO_TOKEN')
  })
}
