import { getRequestConfig } from 'next-intl/server'
import { loadMessages } from './load'
import { DEFAULT_LOCALE, isLocale } from './routing'

/** What next-intl asks once per request: the language of the path and its words. */
export default getRequestConfig(async ({ requestLocale }) => {
  const wanted = await requestLocale
  const locale = wanted !== undefined && isLocale(wanted) ? wanted : DEFAULT_LOCALE
  return { locale, messages: await loadMessages(locale), timeZone: 'Asia/Almaty' }
})
