import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { DoorTile } from '@/components/layout/door-tile'
import { BedDrawing, DoorDrawing } from '@/components/ui/drawing'
import { TextLink } from '@/components/ui/text-link'
import { deskPhone } from '@/lib/config/desk'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import { PublicFrame } from '../frames'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('need.poster'))('title') }
}

type Props = { params: Promise<{ city: string }>; searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The address on a poster: the start page of one town. `t=1` says it was scanned for tonight. */
export default async function PosterPage({ params, searchParams }: Props) {
  const city = findCity((await params).city)
  if (!city) notFound()
  const locale = (await getLocale()) as Locale
  const t = await getTranslations('need.poster')
  const tonight = (await searchParams)['t'] === '1' ? '&t=1' : ''
  const phone = deskPhone()
  return (
    <PublicFrame>
      <h1>{t('heading', { city: placeName(city, locale) })}</h1>
      <p>{t('promise')}</p>
      <div className="grid gap-4">
        <DoorTile href={`/${locale}/need?city=${city.id}${tonight}`} title={t('need')} look="lit" drawing={<BedDrawing size={72} />}>
          {t('needHint')}
        </DoorTile>
        <DoorTile href={`/${locale}/host/offer`} title={t('host')} drawing={<DoorDrawing size={72} />}>{t('hostHint')}</DoorTile>
      </div>
      <p>
        <TextLink href={`/${locale}/stay`}>{t('sentBefore')}</TextLink>
      </p>
      {phone !== null && <p className="font-semibold">{t('desk', { phone })}</p>}
    </PublicFrame>
  )
}
