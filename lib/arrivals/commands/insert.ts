import 'server-only'
import { createHash } from 'node:crypto'
import { dateColumn } from '@/lib/db/dates'
import type { Tx } from '@/lib/db/transaction'
import { seal } from '@/lib/privacy/seal'
import { hashSecret, newSpokenCode } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import type { Prisma } from '@/lib/db/generated/client'
import { firstNightOf } from '../rules/nights'
import type { ArrivalSource, Circumstance, Intake, Who } from '../schema'
import { readContact, type Contact } from './contact'

const CODE_TRIES = 20

/** What becomes a row of `arrival`. */
export interface NewArrival {
  intake: Intake
  /** The newcomer's secret; only its keyed hash is kept. */
  token: string
  source: ArrivalSource
  locale: string
}

async function newId(tx: Tx): Promise<string> {
  const rows = await tx.$queryRaw<{ id: string }[]>`select uuidv7()::text as id`
  const id = rows[0]?.id
  if (id === undefined) throw new Error('the database made no id')
  return id
}

function circumstancesOf({ circumstances, adults, childrenAges }: Who) {
  const has = (one: Circumstance) => circumstances.includes(one)
  return {
    // a party of two is never a woman alone, whatever was ticked; they may still be women only
    womanAlone: has('womanAlone') && adults === 1 && childrenAges.length === 0,
    allWomen: has('womanAlone') || has('allWomen'),
    womenOnly: has('womenOnly'),
    animals: has('animals'),
    stepFree: has('stepFree'),
    quietWished: has('quiet'),
    unwell: has('unwell'),
    unsafeToReturn: has('unsafeToReturn'),
  }
}

function growthOf({ growth }: Who) {
  if (growth === null) return {}
  return {
    growthPersons: growth.persons,
    growthFrom: dateColumn(growth.from),
    growthKeepUntil: dateColumn(growth.keepUntil),
  }
}

function contactOf(contact: Contact | null, id: string) {
  if (contact === null) return { contactKind: 'NONE' as const }
  const { kind, text, index } = contact
  return { contactKind: kind, contactSealed: seal(text, { field: 'arrival.contact', rowId: id }), contactIndex: index }
}

function rowOf({ intake, token, source, locale }: NewArrival, id: string): Omit<Prisma.ArrivalCreateManyInput, 'code'> {
  const { where, who, reach, note } = intake
  const contact = readContact(reach, where.cityId)
  if (typeof contact === 'string') throw new RangeError(`contact was not checked: ${contact}`)
  const from = firstNightOf(where.firstNight, todayIn(where.cityId))
  return {
    id, tokenHash: hashSecret('stay', token), nickname: reach.nickname, source, locale,
    cityIds: [where.cityId],
    fromDate: dateColumn(from), untilDate: dateColumn(addDays(from, where.nights)),
    adults: who.adults, childrenAges: who.childrenAges, languages: who.languages,
    ...circumstancesOf(who), ...growthOf(who), ...contactOf(contact, id),
    noteSealed: note === null ? null : seal(note, { field: 'arrival.note', rowId: id }),
  }
}

/**
 * Writes an arrival with a spoken code nobody else has. Contact and note are sealed before they leave this process.
 *
 * @throws Error when no free code was found in 20 tries: there are 33 million of them.
 */
export async function insertArrival(tx: Tx, arrival: NewArrival): Promise<{ arrivalId: string; code: string }> {
  const arrivalId = await newId(tx)
  const row = rowOf(arrival, arrivalId)
  for (let attempt = 1; attempt <= CODE_TRIES; attempt += 1) {
    const code = newSpokenCode()
    // a taken code inserts nothing and leaves the transaction whole
    const { count } = await tx.arrival.createMany({ data: [{ ...row, code }], skipDuplicates: true })
    if (count === 1) return { arrivalId, code }
  }
  throw new Error('no free spoken code')
}

/** Hash of the form as it was sent together with what it stands for: the draft is not in the form. */
export function hashIntake(requestHash: string, intake: Intake): string {
  return createHash('sha256').update(requestHash).update(JSON.stringify(intake)).digest('base64url')
}
