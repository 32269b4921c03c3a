import 'server-only'
import { addDays, type Day } from '@/lib/time/day'
import { todayIn } from '@/lib/time/clock'
import { intakeSchema, reachSchema, whereSchema, whoSchema, type Intake, type Reach, type Where, type Who } from '../schema'
import { readContact } from './contact'

// What a schema alone cannot know: today in the town, and whether a number exists. Each fault goes to its field.

const FURTHEST_DAYS = 366
/** Where nothing says which town: the middle of the three zones. */
const ANY_CITY = 'almaty'

type Fault = { field: string; code: string } | null
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

/** The coordinator's one-screen form, checked as the three screens are. */
export const intakeInput = intakeSchema.superRefine(({ where, who, reach }, context) => {
  tell(context, whereFault(where))
  tell(context, whoFault(who, where.cityId))
  tell(context, reachFault(reach, where.cityId))
})

/** Where a fault of the forms' fields stands in a request that comes as one piece. */
const PLACES: Readonly<Record<string, string[]>> = {
  day: ['where', 'firstNight'], laterFrom: ['who', 'growth', 'from'], laterUntil: ['who', 'growth', 'keepUntil'],
  mail: ['reach', 'contact'], phone: ['reach', 'contact'],
}

/** The same checks of a request that comes as one piece, as from another program; for `superRefine`. */
export function checkIntake({ where, who, reach }: Omit<Intake, 'note'>, context: Context): void {
  const faults = [whereFault(where), whoFault(who, where.cityId), reachFault(reach, where.cityId)]
  for (const fault of faults) {
    if (fault !== null) context.addIssue({ code: 'custom', path: PLACES[fault.field] ?? [], message: fault.code })
  }
}
