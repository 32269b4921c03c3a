import { searchText } from '@/lib/text/schema'
import type { CaseParams } from './case-view'

/** An address's query as Next hands it over. */
export type Query = Record<string, string | string[] | undefined>

const LONGEST = 60

/** One text of a query; empty when it is absent, repeated, too long or no text. */
export function textIn(query: Query, name: string): string {
  return searchText(query[name], LONGEST)
}

/** What an address asks of a case. */
export function caseParamsIn(query: Query): CaseParams {
  return { room: textIn(query, 'room'), find: textIn(query, 'find'), everything: textIn(query, 'everything') === '1' }
}
