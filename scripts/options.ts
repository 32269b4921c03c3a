import { parseArgs, type ParseArgsConfig } from 'node:util'
import { mailText } from '@/lib/auth/schema'
import { findCity } from '@/lib/places/places'
import { Refused } from './talk'

const MAX_NAME = 60

/** The options of a command line. @throws Refused with one sentence for an option there is not. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options }).values
  } catch (error) {
    // its further lines explain the command line, not what is wrong
    const [sentence] = (error as Error).message.split('\n')
    throw new Refused(sentence, { cause: error })
  }
}

/** `--mail`: one address, normalised. */
export function readMail(text: string | undefined): string {
  const mail = mailText.safeParse(text ?? '')
  if (!mail.success) throw new Refused(`--mail is "${text ?? ''}": give the address they sign in with, like --mail dana@example.org.`)
  return mail.data
}

/** `--name`, of at most 60 letters. `hint`: what to give instead. */
export function readName(text: string | undefined, hint: string): string {
  const name = (text ?? '').normalize('NFC').trim()
  if (name === '' || name.length > MAX_NAME) throw new Refused(`--name is missing or too long: ${hint}.`)
  return name
}

/** `--role`, one of a list, in any case. */
export function readRole<Role extends string>(text: string | undefined, roles: readonly Role[]): Role {
  const role = roles.find((one) => one === text?.toUpperCase())
  if (role === undefined) throw new Refused(`--role is "${text ?? ''}": give ${roles.join(', ')}.`)
  return role
}

/** `--cities`: ids with commas between, each once. */
export function readCities(text: string | undefined): string[] {
  const ids = [...new Set((text ?? '').split(',').map((id) => id.trim().toLowerCase()).filter((id) => id !== ''))]
  const unknown = ids.find((id) => findCity(id) === undefined)
  if (unknown !== undefined) throw new Refused(`There is no town "${unknown}": give ids as they stand in an address, like almaty or shymkent.`)
  return ids
}
