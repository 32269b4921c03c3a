import { getLocale, getTranslations } from 'next-intl/server'
import { DoorTile } from '@/components/layout/door-tile'
import { Evening } from '@/components/layout/evening'
import { BedDrawing, DoorDrawing } from '@/components/ui/drawing'
import { TextLink } from '@/components/ui/text-link'
import { PublicFrame } from './frames'

/** Two doors: "I need a place", "I can host". */
export default async function StartPage() {
  const locale = await getLocale()
  const t = await getTranslations('pages.start')
  return (
    <PublicFrame>
      <Evening />
      <h1>{t('heading')}</h1>
      <p>{t('promise')}</p>
      <div className="grid gap-4">
        <DoorTile href={`/${locale}/need`} title={t('need')} look="lit" drawing={<BedDrawing size={72} />}>{t('needHint')}</DoorTile>
        <DoorTile href={`/${locale}/host/offer`} title={t('host')} drawing={<DoorDrawing size={72} />}>{t('hostHint')}</DoorTile>
      </div>
      <p>
        <TextLink href={`/${locale}/stay`}>{t('sentBefore')}</TextLink>
      </p>
      <p>
        <TextLink href={`/${locale}/sign-in`}>{t('signIn')}</TextLink>
      </p>
    </PublicFrame>
  )
}
