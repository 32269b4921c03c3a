import type { CaseParams } from './case-view'

/** An address's query as Next hands it over. */
export type Query = Record<string, string | string[] | undefined>

const LONGEST = 60

/** One text of a query, cut; empty when it is absent or repeated. */
export function textIn(query: Query, name: string): string {
  const value = query[name]
  return typeof value === 'string' ? value.slice(0, LONGEST).trim() : ''
}

/** What an address asks of a case. */
export function caseParamsIn(query: Query): CaseParams {
  return { room: textIn(query, 'room'), find: textIn(query, 'find'), everything: textIn(query, 'everything') === '1' }
}
