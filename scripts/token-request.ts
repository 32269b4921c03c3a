import { ROLES, type UserActor } from '@/lib/auth/rules'
import { listTokens, makeToken, revokeToken, type ListedToken, type TokenRefusal } from '@/lib/auth/tokens'
import { CITIES } from '@/lib/places/places'
import { idText } from '@/lib/text/schema'
import { readCities, readMail, readName, readOptions, readRole } from './options'
import { Refused } from './talk'

const OPTIONS = {
  mail: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, cities: { type: 'string' },
  days: { type: 'string', default: '90' }, list: { type: 'boolean', default: false }, revoke: { type: 'string' },
} as const
const LONGEST_DAYS = 366

const WHY: Record<TokenRefusal, string> = {
  NO_USER: 'nobody who can sign in has this address: make them first, with npm run staff, or as a host on the pages',
  ABOVE_USER: 'a token has no more than its user: give a role and towns they have',
  NOT_A_HOST: 'they offer no home: a host’s token is for somebody who does',
}

function citiesFor(text: string | undefined, role: UserActor['role']): string[] {
  const ids = readCities(text)
  if (role === 'HOST' && ids.length > 0) throw new Refused('--cities is not for a host: the token opens their own homes, wherever they are.')
  if (role === 'ADMIN' && ids.length === 0) return CITIES.map(({ id }) => id)
  if (role !== 'HOST' && ids.length === 0) throw new Refused('--cities is missing: give the towns the token is for, like --cities almaty.')
  return ids
}

function readDays(text: string): number {
  const days = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (days < 1 || days > LONGEST_DAYS) throw new Refused(`--days is "${text}": give 1 to ${LONGEST_DAYS}.`)
  return days
}

function lineOf({ id, name, userName, role, cityIds, expiresAt, lastUsedOn, state }: ListedToken): string {
  const until = state === 'OPEN' ? `until ${expiresAt.toISOString().slice(0, 10)}` : state.toLowerCase()
  const used = lastUsedOn === null ? 'never used' : `last used ${lastUsedOn.toISOString().slice(0, 10)}`
  const where = cityIds.length > 5 ? `${cityIds.length} towns` : cityIds.join(',')
  return `${id}  ${role}${where === '' ? '' : ` ${where}`}  ${userName}: ${name}  ${until}, ${used}`
}

async function revoke(id: string): Promise<string> {
  const ended = idText.safeParse(id).success ? await revokeToken(id) : null
  if (ended?.ok !== true) throw new Refused(`There is no token "${id}": take its id from npm run token -- --list.`)
  return `The token ${id} opens nothing any more.`
}

/**
 * Does what the command line asks: makes a token, lists them, or ends one.
 *
 * @param args what follows `npm run token --`.
 * @returns what is said; of a new token the token itself, this once.
 * @throws Refused with one sentence for each thing that is wrong; nothing is written then.
 */
export async function runToken(args: readonly string[]): Promise<string> {
  const options = readOptions(args, OPTIONS)
  if (options.list) return (await listTokens()).map(lineOf).join('\n') || 'There are no tokens.'
  if (options.revoke !== undefined) return revoke(options.revoke)
  const role = readRole(options.role, ROLES)
  const made = await makeToken({
    mail: readMail(options.mail), role, cityIds: citiesFor(options.cities, role), days: readDays(options.days),
    name: readName(options.name, 'say what the token is for, like --name "Import of the desk"'),
  })
  if (!made.ok) throw new Refused(`No token was made: ${WHY[made.reason]}.`)
  return `${made.value.token}\nThis is the only time it is shown. Its id is ${made.value.tokenId}; npm run token -- --revoke ${made.value.tokenId} ends it.`
}
