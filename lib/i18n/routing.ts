/** Languages that are complete at every commit; the first is the default. */
export const LOCALES = ['ru', 'kk', 'en'] as const
export type Locale = (typeof LOCALES)[number]
export const DEFAULT_LOCALE: Locale = 'ru'

/** True when the text is one of our languages; narrows the type. */
export function isLocale(text: string): text is Locale {
  return (LOCALES as readonly string[]).includes(text)
}

/** Header in which the proxy hands the path's language to whatever runs on the server, actions included. */
export const LOCALE_HEADER = 'x-qonaq-locale'
