import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/** The title of a host's page: tells the pages apart and says nothing to somebody who looks over the shoulder. */
export async function pageTitle(key: string): Promise<Metadata> {
  const t = await getTranslations('host.titles')
  return { title: t(key) }
}
