import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { AddRoomForm, AddressForm, HomeForm } from '@/components/hosts/home-form'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { homeDetail } from '@/lib/hosts/queries/details'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import { newFormKey } from '@/lib/privacy/secret'
import { idText } from '@/lib/text/schema'
import { guarded } from '../../../guard'
import { requireHost } from '../../access'
import { pageTitle } from '../../page-title'
import { addRoomAction, changeAddressAction, changeHomeAction } from './actions'

export const generateMetadata = () => pageTitle('place')

/** One home: its rooms, its facts, its address. */
export default async function HomePage({ params }: { params: Promise<{ id: string }> }) {
  const { hostId } = await requireHost()
  const id = idText.safeParse((await params).id)
  if (!id.success) notFound()
  const home = await guarded(() => homeDetail(hostId, id.data))
  const locale = (await getLocale()) as Locale
  const t = await getTranslations('host.home')
  const words = await getTranslations('host.page')
  const kind = (await getTranslations('host.offer.what'))(`kind.${home.kind}`)
  const city = findCity(home.cityId)
  return (
    <>
      <h1>{city ? `${kind}, ${placeName(city, locale)}` : kind}</h1>
      <Card title={t('rooms')}>
        <ul className="grid divide-y divide-line">
          {home.rooms.map((room) => (
            <li key={room.id} className="flex min-h-14 flex-wrap items-center justify-between gap-x-4 py-2">
              <TextLink href={`/${locale}/host/rooms/${room.id}`}>{room.name}</TextLink>
              <span className="text-muted">
                {room.inService ? t('sleepsCount', { count: room.sleeps }) : t('closed')}
              </span>
            </li>
          ))}
        </ul>
      </Card>
      <Card title={t('address')}>
        {home.toVisit && <Notice tone="info">{words('toVisit')}</Notice>}
        <p>{t('addressText')} {home.address !== null && t('addressChange')}</p>
        <AddressForm action={changeAddressAction} formKey={newFormKey()} home={home} />
      </Card>
      <Card title={t('facts')}>
        <HomeForm action={changeHomeAction} formKey={newFormKey()} home={home} />
      </Card>
      <Card title={t('addRoom')}>
        <AddRoomForm action={addRoomAction} formKey={newFormKey()} homeId={home.id} />
      </Card>
    </>
  )
}
