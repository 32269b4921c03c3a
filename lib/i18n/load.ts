import type { Locale } from './routing'

/** One catalog per area and language (docs/adr/0012): the area is the namespace. */
export const AREAS = [
  'common', 'done', 'errors', 'refusals', 'ui', 'need', 'stay', 'host', 'answer', 'coordinate', 'mail', 'pages', 'proof', 'rounds', 'policy',
] as const

type Catalog = Record<string, unknown>

/** All words of one language. */
export async function loadMessages(locale: Locale): Promise<Catalog> {
  const parts = await Promise.all(
    AREAS.map(async (area) => [area, ((await import(`./messages/${locale}/${area}.json`)) as { default: Catalog }).default] as const),
  )
  return Object.fromEntries(parts)
}
