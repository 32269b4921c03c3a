import { headers } from 'next/headers'
import { getRequestConfig } from 'next-intl/server'
import { loadMessages } from './load'
import { DEFAULT_LOCALE, isLocale, LOCALE_HEADER } from './routing'

/** What next-intl asks once per request: the language of the path, as the proxy wrote it down, and its words. */
export default getRequestConfig(async ({ locale: asked }) => {
  const wanted = asked ?? (await headers()).get(LOCALE_HEADER) ?? DEFAULT_LOCALE
  const locale = isLocale(wanted) ? wanted : DEFAULT_LOCALE
  return { locale, messages: await loadMessages(locale), timeZone: 'Asia/Almaty' }
})
