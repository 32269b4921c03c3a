import Link from 'next/link'
import { getLocale, getTranslations } from 'next-intl/server'
import { DoorTile } from '@/components/layout/door-tile'
import { BedDrawing, DoorDrawing } from '@/components/ui/drawing'
import { PublicFrame } from './frames'

/** Two doors: "I need a place", "I can host". */
export default async function StartPage() {
  const locale = await getLocale()
  const t = await getTranslations('pages.start')
  return (
    <PublicFrame>
      <h1>{t('heading')}</h1>
      <p>{t('promise')}</p>
      <div className="grid gap-4">
        <DoorTile href={`/${locale}/need`} title={t('need')} look="lit" drawing={<BedDrawing size={72} />}>{t('needHint')}</DoorTile>
        <DoorTile href={`/${locale}/host/offer`} title={t('host')} drawing={<DoorDrawing size={72} />}>{t('hostHint')}</DoorTile>
      </div>
      <p>
        <Link href={`/${locale}/stay`} prefetch={false}>{t('sentBefore')}</Link>
      </p>
      <p>
        <Link href={`/${locale}/sign-in`} prefetch={false}>{t('signIn')}</Link>
      </p>
    </PublicFrame>
  )
}
