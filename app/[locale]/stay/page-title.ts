import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/** The neutral title of a newcomer's pages. */
export async function stayTitle(): Promise<Metadata> {
  // without a script, a form of a page without any referrer is sent with `Origin: null`, which Next refuses
  return { title: (await getTranslations('stay'))('title'), referrer: 'same-origin' }
}
