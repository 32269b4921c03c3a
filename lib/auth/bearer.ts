import 'server-only'
import { db } from '@/lib/db/client'
import { hashSecret } from '@/lib/privacy/secret'
import { citiesSeenBy, narrowed, type Actor, type UserActor } from './rules'

const BEARER = /^bearer +(\S{1,100}) *$/i
const TOKEN = /^qonaq_[0-9A-HJKMNP-TV-Z]{26}$/
const STAY_SECRET = /^[0-9A-HJKMNP-TV-Z]{26}$/

/** Who speaks by a bearer, and the name their requests are counted under. */
export interface Speaker {
  actor: Exclude<Actor, { kind: 'ANONYMOUS' | 'TICKET' }>
  countedAs: string
}

interface TokenRow {
  tokenId: string
  tokenRole: UserActor['role']
  tokenCities: string[]
  userId: string
  name: string
  role: UserActor['role']
  cityIds: string[]
  hostId: string | null
  isNoted: boolean
}

// Whether it is over is decided by the database's clock, which also set its end; role and cities are the user's of now.
async function readToken(token: string): Promise<TokenRow | undefined> {
  const [row] = await db.$queryRaw<TokenRow[]>`
    select t.id::text as "tokenId", t.role::text as "tokenRole", t.city_ids as "tokenCities",
      u.id::text as "userId", u.name, u.role::text as role, u.city_ids as "cityIds", host.id::text as "hostId",
      t.last_used_on is not distinct from current_date as "isNoted"
    from api_token t join "user" u on u.id = t.user_id left join host on host.user_id = u.id
    where t.token_hash = ${hashSecret('token', token)} and t.revoked_at is null and t.expires_at > now() and u.disabled_at is null`
  return row
}

async function byToken(token: string): Promise<Speaker | null> {
  const row = await readToken(token)
  if (!row) return null
  const { tokenId, tokenRole, tokenCities, userId, name, role, hostId } = row
  const user: UserActor = { kind: 'USER', userId, name, role, hostId, cityIds: citiesSeenBy(row) }
  const actor = narrowed(user, { role: tokenRole, cityIds: tokenCities })
  if (actor === null) return null
  // once a day, so that most requests write nothing
  if (!row.isNoted) await db.$executeRaw`update api_token set last_used_on = current_date where id = ${tokenId}::uuid`
  return { actor, countedAs: `token ${tokenId}` }
}

async function bySecret(secret: string): Promise<Speaker | null> {
  const arrival = await db.arrival.findUnique({ where: { tokenHash: hashSecret('stay', secret) }, select: { id: true } })
  return arrival && { actor: { kind: 'GUEST', arrivalId: arrival.id }, countedAs: `arrival ${arrival.id}` }
}

/** What stands in an `Authorization` as a bearer; empty for none. */
export function credentialIn(header: string | null): string {
  return BEARER.exec(header ?? '')?.[1] ?? ''
}

/**
 * Who speaks: the newcomer whose secret it is, or the user of a token with no more than both may. Cookies count for
 * nothing here.
 *
 * @param header of the request, `Authorization`.
 * @returns `null` for everything that opens nothing: wrong, ended, revoked, of somebody disabled.
 */
export async function readBearer(header: string | null): Promise<Speaker | null> {
  const credential = credentialIn(header)
  if (TOKEN.test(credential)) return byToken(credential)
  return STAY_SECRET.test(credential) ? bySecret(credential) : null
}
