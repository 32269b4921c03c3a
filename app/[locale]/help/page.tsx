import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { deskPhone } from '@/lib/config/desk'
import { PublicFrame } from '../frames'

const TOPICS = ['night', 'safety', 'children', 'host', 'desk'] as const

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('pages.help'))('title') }
}

/** What to do when nothing comes, when it is not safe, and whom to call. */
export default async function HelpPage() {
  const t = await getTranslations('pages.help')
  const phone = deskPhone()
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      {TOPICS.map((topic) => (
        <section key={topic} className="grid gap-2">
          <h2>{t(`${topic}.title`)}</h2>
          <p>{t(`${topic}.text`)}</p>
        </section>
      ))}
      {phone !== null && <p className="text-xl font-semibold">{t('phone', { phone })}</p>}
    </PublicFrame>
  )
}
