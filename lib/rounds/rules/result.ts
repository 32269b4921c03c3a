import type { RoundLeft, RoundLeg, RoundPlan, RoundProgress, RoundResult, RoundStep } from '../../matching/round-types'
import { ROUND_STEPS } from '../../matching/round-types'

/** Parts of a result in the order they are shown. */
export const SECTIONS = ['GROUP', 'SEVERAL_ROOMS', 'RELAY', 'SINGLE', 'DECISION', 'NONE'] as const
export type Section = (typeof SECTIONS)[number]

/** What is approved or decided together: a party's plan, a group's plans, or a party without a place. */
export interface Suggested {
  arrivalId: string
  arrivalIds: string[]
  kind: RoundPlan['kind'] | null
  legs: RoundLeg[]
  persons: number
  score: number | null
  maximum: number | null
  reason: RoundLeft['reason'] | null
  nearest: RoundLeft['nearest']
  needsDecision: boolean
  /** Of a group that is not whole, how many of how many can be placed near each other, and whether these are among them. */
  company: { placeable: number; members: number; couldBePlaced: boolean } | null
}

/** Persons of each party by its id, infants included. */
export type PersonsOf = ReadonlyMap<string, number>

/** The part of a result a suggestion stands in. */
export function sectionOf({ kind, needsDecision }: Pick<Suggested, 'kind' | 'needsDecision'>): Section {
  return kind ?? (needsDecision ? 'DECISION' : 'NONE')
}

/**
 * A round's result as it is stored and shown: groups as one suggestion each, then parties in several rooms, relays, single
 * stays, what needs a decision and who has no place; each in the order the round gave.
 */
export function suggestionsOf({ plans, left }: Pick<RoundResult, 'plans' | 'left'>, personsOf: PersonsOf): Suggested[] {
  const found = [...together(plans).map((part) => planned(part, personsOf)), ...left.map((one) => leftOver(one, personsOf))]
  return SECTIONS.flatMap((section) => found.filter((one) => sectionOf(one) === section))
}

/** Plans that stand or fall as one: those of a group. */
function together(plans: readonly RoundPlan[]): RoundPlan[][] {
  const parts = new Map<string, RoundPlan[]>()
  for (const plan of plans) {
    const key = plan.kind === 'GROUP' && plan.groupId !== null ? plan.groupId : plan.arrivalId
    const part = parts.get(key)
    if (part) part.push(plan)
    else parts.set(key, [plan])
  }
  return [...parts.values()]
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function planned(part: readonly RoundPlan[], personsOf: PersonsOf): Suggested {
  const [first] = part
  if (!first) throw new RangeError('a plan of nobody')
  const arrivalIds = part.map(({ arrivalId }) => arrivalId)
  return {
    arrivalId: first.arrivalId, arrivalIds, kind: first.kind, legs: part.flatMap(({ legs }) => legs),
    persons: sum(arrivalIds.map((id) => personsOf.get(id) ?? 1)),
    score: sum(part.map(({ score }) => score)), maximum: sum(part.map(({ maximum }) => maximum)),
    reason: null, nearest: null, needsDecision: false, company: null,
  }
}

function leftOver({ arrivalId, reason, nearest, needsDecision, group }: RoundLeft, personsOf: PersonsOf): Suggested {
  return {
    arrivalId, arrivalIds: [arrivalId], kind: null, legs: [], persons: personsOf.get(arrivalId) ?? 1, score: null, maximum: null,
    reason, nearest, needsDecision, company: group && { placeable: group.placeable, members: group.members, couldBePlaced: group.couldBePlaced },
  }
}

/** Shares of the whole that its steps take, in percent: read off rounds of a large city, so that the bar moves evenly. */
const WEIGHTS: Readonly<Record<RoundStep, number>> = {
  READING: 15, GROUPS: 5, EDGES: 30, SINGLE: 20, CERTIFICATE: 5, SEVERAL: 5, RELAY: 5, REASONS: 10, WRITING: 5,
}

/** How much of a round is done, 0–100, whole percent; never less at a later step than at an earlier one. */
export function percentDone({ step, done, of }: { step: RoundStep | null; done: number; of: number }): number {
  if (step === null) return 0
  const before = sum(ROUND_STEPS.slice(0, ROUND_STEPS.indexOf(step)).map((one) => WEIGHTS[one]))
  return Math.floor(before + WEIGHTS[step] * (of > 0 ? Math.min(1, done / of) : 0))
}

/** What is said of a round after a word: a pass over what is left begins anew, and nobody sees it go back. */
export function furtherOf(before: RoundProgress, next: RoundProgress): RoundProgress {
  return percentDone(next) < percentDone(before) ? { ...before, placed: next.placed } : next
}

/** True for a text that is one of a round's steps. */
export function isStep(text: string | null): text is RoundStep {
  return ROUND_STEPS.some((step) => step === text)
}
