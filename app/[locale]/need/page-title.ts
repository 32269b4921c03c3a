import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'

/** The neutral title of a screen: a number, and nothing of what it is about. */
export async function needTitle(step: 1 | 2 | 3 | 4): Promise<Metadata> {
  return { title: (await getTranslations('need'))('title', { step }) }
}
