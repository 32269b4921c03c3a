import { getLocale, getTranslations } from 'next-intl/server'
import { HOST_STATES } from '@/lib/hosts/schema'
import { isLocale } from '@/lib/i18n/routing'
import { searchCities } from '@/lib/places/places'
import type { HostSearch } from '@/lib/safety/queries'
import { searchText } from '@/lib/text/schema'

const LONGEST = 60

/** What was typed, as it may be shown again; nothing for anything unreadable or repeated. */
export function readSearch(typed: string | string[] | undefined): string {
  return searchText(typed, LONGEST)
}

/** What a typed search means: towns in any language, states in the words of the screen, parts of room names. */
export async function searchFor(typed: string): Promise<HostSearch | null> {
  if (typed === '') return null
  const locale = await getLocale()
  const t = await getTranslations('coordinate.hosts.states')
  const asked = typed.toLocaleLowerCase(locale)
  return {
    cityIds: searchCities(typed, isLocale(locale) ? locale : 'ru').map(({ id }) => id),
    states: HOST_STATES.filter((state) => t(state).toLocaleLowerCase(locale).includes(asked)),
    roomName: typed,
  }
}
