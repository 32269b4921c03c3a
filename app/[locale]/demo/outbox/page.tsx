import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import { isDemo } from '@/lib/config/env'
import { listOutbox } from '@/lib/notifications/queries'
import type { OutboxLetter } from '@/lib/notifications/schema'
import { now } from '@/lib/time/clock'
import { PublicFrame } from '../../frames'

const DEMO_TIME_ZONE = 'Asia/Almaty'

/** The letter's paragraphs; the one that is its link can be followed. A path keeps the reader on this server. */
function LetterText({ letter }: { letter: OutboxLetter }) {
  return letter.text.trim().split('\n\n').map((paragraph) => {
    if (paragraph === '--') return <hr key={paragraph} className="border-line" />
    if (paragraph !== letter.link) return <p key={paragraph}>{paragraph}</p>
    return (
      <p key={paragraph} className="break-all">
        <a href={new URL(letter.link).pathname}>{letter.link}</a>
      </p>
    )
  })
}

/** Letters of the demo, newest first: what would have gone out by mail. */
export default async function OutboxPage() {
  if (!isDemo) notFound()
  const locale = await getLocale()
  const t = await getTranslations('pages.demo')
  const letters = await listOutbox()
  return (
    <PublicFrame>
      <h1>{t('outbox')}</h1>
      <p>{t('outboxIntro')}</p>
      {letters.length === 0 && <EmptyState title={t('outboxEmpty')} />}
      {letters.map((letter) => (
        <Card key={letter.id} title={letter.subject} over={t('outboxTo', { to: letter.to })}
          aside={<Time at={new Date(letter.at)} now={now()} locale={locale} timeZone={DEMO_TIME_ZONE} />}>
          <div lang={letter.locale} className="grid gap-4">
            <LetterText letter={letter} />
          </div>
        </Card>
      ))}
      <p>
        <TextLink href={`/${locale}/demo`}>{t('back')}</TextLink>
      </p>
    </PublicFrame>
  )
}
