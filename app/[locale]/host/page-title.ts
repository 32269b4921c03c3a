import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/**
 * The title of a host's page: tells the pages apart and says nothing to somebody who looks over the shoulder.
 *
 * Under `no-referrer` a browser without scripts posts a form with `Origin: null`, which Next refuses; `same-origin`
 * tells our own server where a form was and nobody else anything.
 */
export async function pageTitle(key: string): Promise<Metadata> {
  const t = await getTranslations('host.titles')
  return { title: t(key), referrer: 'same-origin' }
}
