import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/** The neutral title of a screen: a number, and nothing of what it is about. */
export async function needTitle(step: 1 | 2 | 3 | 4): Promise<Metadata> {
  // without a script, a form of a page without any referrer is sent with `Origin: null`, which Next refuses
  return { title: (await getTranslations('need'))('title', { step }), referrer: 'same-origin' }
}
