import 'server-only'
import { addDays, type Day } from '@/lib/time/day'
import { todayIn } from '@/lib/time/clock'
import type { FieldFault } from '@/lib/result'
import { intakeSchema, reachSchema, whereSchema, whoSchema, type Intake, type Reach, type Where, type Who } from '../schema'
import { readContact } from './contact'

// What a schema alone cannot know: today in the town, and whether a number exists. Each fault goes to its field.
//
// A day that is over stops the three screens at once. A whole request may have been taken while the day was still to come,
// and be sent again because the answer was lost: that only its key can tell, so the command asks for the day (`daysOver`).

const FURTHEST_DAYS = 366
/** Where nothing says which town: the middle of the three zones. */
const ANY_CITY = 'almaty'

interface Wrong { field: string; code: string }
type Fault = Wrong | null
interface Context { addIssue: (issue: { code: 'custom'; path: string[]; message: string }) => void }

function dayFault(field: string, day: Day, today: Day): Fault {
  if (day < today) return { field, code: 'DAY_PAST' }
  return day > addDays(today, FURTHEST_DAYS) ? { field, code: 'DAY_TOO_FAR' } : null
}

function whereFault({ cityId, firstNight }: Where): Fault {
  if (firstNight === 'today' || firstNight === 'tomorrow') return null
  return dayFault('day', firstNight, todayIn(cityId))
}

function whoFault({ growth }: Who, cityId: string): Fault {
  if (growth === null) return null
  const today = todayIn(cityId)
  return dayFault('laterFrom', growth.from, today) ?? dayFault('laterUntil', growth.keepUntil, today)
}

function reachFault(reach: Reach, cityId: string): Fault {
  const contact = readContact(reach, cityId)
  return typeof contact === 'string' ? { field: reach.kind === 'MAIL' ? 'mail' : 'phone', code: contact } : null
}

function tell(context: Context, fault: Fault): void {
  if (fault !== null) context.addIssue({ code: 'custom', path: [fault.field], message: fault.code })
}

/** Screen 1, with a first night that is not over and not more than a year ahead. */
export const whereInput = whereSchema.superRefine(({ where }, context) => {
  tell(context, whereFault(where))
})

/** Screen 2, with later comers who are still to come. */
export const whoInput = whoSchema.superRefine((who, context) => {
  tell(context, whoFault(who, ANY_CITY))
})

/** Screen 3, with a contact that exists in shape and numbering plan. */
export const reachInput = reachSchema.superRefine((reach, context) => {
  tell(context, reachFault(reach, ANY_CITY))
})

const isOver = ({ code }: Wrong) => code === 'DAY_PAST'

function faultsOf({ where, who, reach }: Omit<Intake, 'note'>): Wrong[] {
  return [whereFault(where), whoFault(who, where.cityId), reachFault(reach, where.cityId)].filter((fault) => fault !== null)
}

// what was taken before has no other fault, so a day that is over may be told with one
function faultsToTell(intake: Omit<Intake, 'note'>): Wrong[] {
  const faults = faultsOf(intake)
  return faults.every(isOver) ? [] : faults
}

/** The coordinator's one-screen form, checked as the three screens are, but for days that are over. */
export const intakeInput = intakeSchema.superRefine((intake, context) => {
  for (const fault of faultsToTell(intake)) tell(context, fault)
})

/** Where a fault of the forms' fields stands in a request that comes as one piece. */
const PLACES: Readonly<Record<string, string[]>> = {
  day: ['where', 'firstNight'], laterFrom: ['who', 'growth', 'from'], laterUntil: ['who', 'growth', 'keepUntil'],
  mail: ['reach', 'contact'], phone: ['reach', 'contact'],
}

const placeOf = (field: string) => PLACES[field] ?? []

/** The same checks of a request that comes as one piece, as from another program; for `superRefine`. */
export function checkIntake(intake: Omit<Intake, 'note'>, context: Context): void {
  for (const { field, code } of faultsToTell(intake)) context.addIssue({ code: 'custom', path: placeOf(field), message: code })
}

/** The days of a new request that are over in its town. */
export function daysOver(intake: Omit<Intake, 'note'>): FieldFault[] {
  return faultsOf(intake).filter(isOver).map(({ field, code }) => ({ field, code, path: placeOf(field) }))
}
