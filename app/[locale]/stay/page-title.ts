import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/** The neutral title of a newcomer's pages. */
export async function stayTitle(): Promise<Metadata> {
  return { title: (await getTranslations('stay'))('title') }
}
