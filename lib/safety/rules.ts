import type { HostState } from '../hosts/schema'
import { addDays, earlierDay, type Day } from '../time/day'
import { CHECK_DAYS, REFERENCES_NEEDED, type CheckKind } from './schema'

/** One check of a host. `expiresOn`: the first day it no longer counts. */
export interface Check {
  kind: CheckKind
  doneOn: Day
  expiresOn: Day
}

/** Where the vetting of a host stands on a day. */
export interface Vetting {
  visited: boolean
  /** References that count. */
  references: number
  /** First day on which visit or references no longer suffice; null while they do not suffice now. */
  completeUntil: Day | null
}

/** The first day a check done on `day` no longer counts. */
export function expiryOf(day: Day): Day {
  return addDays(day, CHECK_DAYS)
}

/** Whether a check counts on a day: done by then, and not run out. */
export function isValid(check: Check, today: Day): boolean {
  return check.doneOn <= today && today < check.expiresOn
}

function endsOf(checks: readonly Check[], today: Day, isReference: boolean): Day[] {
  return checks
    .filter((check) => isValid(check, today) && (check.kind === 'REFERENCE') === isReference)
    .map(({ expiresOn }) => expiresOn)
    .sort()
    .reverse()
}

/** Adds up the checks of a host that count on `today`. Order does not matter. */
export function vettingOf(checks: readonly Check[], today: Day): Vetting {
  const visits = endsOf(checks, today, false)
  const references = endsOf(checks, today, true)
  const [visitEnds] = visits
  // the younger references carry the host once the older ones run out
  const referencesEnd = references[REFERENCES_NEEDED - 1]
  const completeUntil = visitEnds !== undefined && referencesEnd !== undefined ? earlierDay(visitEnds, referencesEnd) : null
  return { visited: visits.length > 0, references: references.length, completeUntil }
}

/**
 * The state of a host after a check was recorded. A check never takes a state away, and never frees a blocked host.
 *
 * @param vetting with the new check in it.
 */
export function stateAfter(state: HostState, vetting: Vetting): HostState {
  if (state === 'BLOCKED' || state === 'VETTED') return state
  if (vetting.completeUntil !== null) return 'VETTED'
  return vetting.visited ? 'VISITED' : state
}

/** Days before a vetting runs out on which somebody should visit again. */
export const RENEW_DAYS = 30

/**
 * Whether a vetting is to be renewed: it has run out, or will within the month.
 *
 * @param vettedUntil the first day it no longer holds; null for a host who never was vetted.
 */
export function renewalOf(
  { state, vettedUntil }: { state: HostState; vettedUntil: Day | null }, today: Day,
): 'OVER' | 'SOON' | null {
  if (vettedUntil === null || state === 'BLOCKED') return null
  if (vettedUntil <= today) return 'OVER'
  return state === 'VETTED' && vettedUntil <= addDays(today, RENEW_DAYS) ? 'SOON' : null
}

function wordsOf(text: string): string {
  const letters = text.normalize('NFKC').toLowerCase().replaceAll('ё', 'е')
  return letters.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').sort().join(' ')
}

/** Whether two names mean one referee: case, order of words and marks between them do not count. */
export function isSameReferee(one: string, other: string): boolean {
  return wordsOf(one) === wordsOf(other)
}

/** What is sealed as a check's note: who spoke for the host on the first line, then the words. */
export interface CheckNote {
  referee: string | null
  text: string | null
}

/** A note as one text to seal, or null when there is nothing to keep. */
export function writeNote({ referee, text }: CheckNote): string | null {
  if (referee === null) return text
  return text === null ? referee : `${referee}\n${text}`
}

/** An opened note of a check of that kind. */
export function readNote(kind: CheckKind, opened: string | null): CheckNote {
  if (opened === null || kind !== 'REFERENCE') return { referee: null, text: opened }
  const [referee = '', ...lines] = opened.split('\n')
  return { referee, text: lines.length > 0 ? lines.join('\n') : null }
}
