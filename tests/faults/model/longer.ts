import { daysBetween, type Day } from '@/lib/time/day'
import { firstOf, OK, refuse, type Answer } from './answer'
import { isFree, pairMayGoOn, roomsTogether, todayAt } from './look'
import { changeLastMorning } from './stay'
import { change, type Placement, type World } from './world'

/** The guest asks to stay longer and the host answers; nothing is held in between (docs/adr/0011). */

const LONGEST_NIGHTS = 366

/** Why a yes counts as a no: it may not be, or its morning has come. What the host is told then. */
const CLOSING: Readonly<Record<string, string>> = { NOT_OPEN: 'EXTEND_NOT_OPEN', NIGHTS_INVALID: 'EXTEND_OVER' }

export function askLonger(world: World, { placementId, until }: { placementId: string; until: Day }): Answer {
  const stay = world.placements.get(placementId)
  if (stay === undefined) return refuse('NOT_FOUND')
  const refusal = askRefusal(world, stay, until)
  if (refusal !== null) return refuse(refusal)
  // a host who may not agree to it is not asked: the search for these nights begins at once
  if (!pairMayGoOn(world, stay)) return OK
  if (!isFree(world, stay.roomId, { from: stay.nights.until, until })) return refuse('NOT_OFFERED')
  // a wish whose morning has come is no question any more
  if (stay.askedUntil !== null && stay.askedUntil > todayAt(world, stay)) return refuse('ALREADY_ASKED')
  change(world.placements, placementId, { askedUntil: until })
  return OK
}

function askRefusal(world: World, stay: Placement, until: Day): string | null {
  return firstOf(
    ['NOT_OPEN', () => stay.state !== 'CONFIRMED' && stay.state !== 'ARRIVED'],
    ['NIGHTS_INVALID', () => until <= todayAt(world, stay)],
    ['NIGHTS_NOT_MORE', () => until <= stay.nights.until],
    ['NIGHTS_TOO_MANY', () => daysBetween(stay.nights.from, until) > LONGEST_NIGHTS],
  )
}

export interface AnswerLonger {
  placementId: string
  agree: boolean
  actor: string
}

/** The host's answer. A yes that may not be counts as a no: nobody waits for it any more. */
export function answerLonger(world: World, { placementId, agree, actor }: AnswerLonger): Answer {
  const stay = world.placements.get(placementId)
  const until = stay?.askedUntil ?? null
  if (stay === undefined || until === null) return refuse('ALREADY_DECIDED')
  const refusal = agree ? changeLastMorning(world, { placementId, until, actor }) : null
  if (refusal !== null && !(refusal in CLOSING)) return refuse(refusal)
  change(world.placements, placementId, { askedUntil: null })
  if (refusal !== null) return refuse(CLOSING[refusal] ?? refusal)
  if (agree) closeAnswered(world, stay, until)
  return OK
}

/** Who asked for no more in another room of the stay has their answer: a yes given twice must not make it shorter. */
function closeAnswered(world: World, stay: Placement, until: Day): void {
  for (const { id, askedUntil } of roomsTogether(world, stay)) {
    if (askedUntil !== null && askedUntil <= until) change(world.placements, id, { askedUntil: null })
  }
}
