import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { DoorTile } from '@/components/layout/door-tile'
import { DEMO_DOORS } from '@/lib/auth/demo'
import { isDemo } from '@/lib/config/env'
import { PublicFrame } from '../frames'

/** The doors of the demo: one for each role, and the letters nobody sent. */
export default async function DemoPage() {
  if (!isDemo) notFound()
  const locale = await getLocale()
  const t = await getTranslations('pages.demo')
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <div className="grid gap-4">
        <DoorTile href={`/${locale}/need`} title={t('newcomer')} look="lit">{t('newcomerHint')}</DoorTile>
        {DEMO_DOORS.map((door) => (
          <DoorTile key={door} href={`/${locale}/demo/${door}`} title={t(door)}>{t(`${door}Hint`)}</DoorTile>
        ))}
        <DoorTile href={`/${locale}/demo/outbox`} title={t('outbox')}>{t('outboxHint')}</DoorTile>
      </div>
    </PublicFrame>
  )
}
