import { changeStaff, endStaff, STAFF_ROLES, type StaffRole } from '@/lib/auth/staff'
import { readCities, readMail, readName, readOptions, readRole } from './options'
import { Refused } from './talk'

const OPTIONS = {
  mail: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, cities: { type: 'string' },
  end: { type: 'boolean', default: false },
} as const

function citiesFor(text: string | undefined, role: StaffRole): string[] {
  const ids = readCities(text)
  if (ids.length === 0 && role !== 'ADMIN') throw new Refused('--cities is missing: give the towns they serve, like --cities almaty,astana.')
  return ids
}

/**
 * Does what the command line asks: makes or changes somebody of the team, or ends their part in it.
 *
 * @param args what follows `npm run staff --`.
 * @returns one sentence that says what is so now.
 * @throws Refused with one sentence for each thing that is wrong; nothing is written then.
 */
export async function runStaff(args: readonly string[]): Promise<string> {
  const options = readOptions(args, OPTIONS)
  const mail = readMail(options.mail)
  if (options.end) {
    const ended = await endStaff(mail)
    if (!ended.ok) throw new Refused(`Nobody in the team has the address ${mail}.`)
    return `${mail} is no longer in the team; their sessions are ended.`
  }
  const role = readRole(options.role, STAFF_ROLES)
  const name = readName(options.name, 'give the name colleagues know them by, like --name Dana')
  const wanted = { mail, name, role, cityIds: citiesFor(options.cities, role) }
  const { isNew } = await changeStaff(wanted)
  const where = role === 'ADMIN' ? 'every town' : wanted.cityIds.join(', ')
  return `${wanted.name} ${isNew ? 'is' : 'is now'} ${role} for ${where}; a code mailed to ${mail} lets them in at /sign-in.`
}
