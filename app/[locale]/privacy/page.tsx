import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { PublicFrame } from '../frames'

const PROMISES = ['never', 'sealed', 'reveal', 'erase', 'network', 'limits'] as const
const PRINCIPLES = ['one', 'two', 'three', 'four', 'five', 'six'] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('pages.privacy'))('title') }
}

/** What is kept, for how long, who sees it, and what nobody here ever asks. */
export default async function PrivacyPage() {
  const t = await getTranslations('pages.privacy')
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      {PROMISES.map((promise) => (
        <section key={promise} className="grid gap-2">
          <h2>{t(`${promise}.title`)}</h2>
          <p>{t(`${promise}.text`)}</p>
        </section>
      ))}
      <section className="grid gap-2">
        <h2>{t('rules.title')}</h2>
        <ol className="grid list-decimal gap-2 pl-6">
          {PRINCIPLES.map((principle) => <li key={principle}>{t(`rules.${principle}`)}</li>)}
        </ol>
      </section>
    </PublicFrame>
  )
}
