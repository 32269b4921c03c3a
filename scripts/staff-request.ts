import { parseArgs } from 'node:util'
import { mailText } from '@/lib/auth/schema'
import { changeStaff, endStaff, STAFF_ROLES, type StaffRole } from '@/lib/auth/staff'
import { findCity } from '@/lib/places/places'
import { Refused } from './talk'

const MAX_NAME = 60

function readOptions(args: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        mail: { type: 'string' }, name: { type: 'string' }, role: { type: 'string' }, cities: { type: 'string' },
        end: { type: 'boolean', default: false },
      },
    })
    return values
  } catch (error) {
    // its further lines explain the command line, not what is wrong
    const [sentence] = (error as Error).message.split('\n')
    throw new Refused(sentence, { cause: error })
  }
}

function readMail(text: string | undefined): string {
  const mail = mailText.safeParse(text ?? '')
  if (!mail.success) throw new Refused(`--mail is "${text ?? ''}": give the address they will sign in with, like --mail dana@example.org.`)
  return mail.data
}

function readName(text: string | undefined): string {
  const name = (text ?? '').normalize('NFC').trim()
  if (name === '' || name.length > MAX_NAME) throw new Refused('--name is missing or too long: give the name colleagues know them by, like --name Dana.')
  return name
}

function readRole(text: string | undefined): StaffRole {
  const role = STAFF_ROLES.find((one) => one === text?.toUpperCase())
  if (role === undefined) throw new Refused(`--role is "${text ?? ''}": give ${STAFF_ROLES.join(', ')}.`)
  return role
}

function readCities(text: string | undefined, role: StaffRole): string[] {
  const ids = [...new Set((text ?? '').split(',').map((id) => id.trim().toLowerCase()).filter((id) => id !== ''))]
  const unknown = ids.find((id) => findCity(id) === undefined)
  if (unknown !== undefined) throw new Refused(`There is no town "${unknown}": give ids as they stand in an address, like almaty or shymkent.`)
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
  const options = readOptions(args)
  const mail = readMail(options.mail)
  if (options.end) {
    const ended = await endStaff(mail)
    if (!ended.ok) throw new Refused(`Nobody in the team has the address ${mail}.`)
    return `${mail} is no longer in the team; their sessions are ended.`
  }
  const role = readRole(options.role)
  const wanted = { mail, name: readName(options.name), role, cityIds: readCities(options.cities, role) }
  const { isNew } = await changeStaff(wanted)
  const where = role === 'ADMIN' ? 'every town' : wanted.cityIds.join(', ')
  return `${wanted.name} ${isNew ? 'is' : 'is now'} ${role} for ${where}; a code mailed to ${mail} lets them in at /sign-in.`
}
