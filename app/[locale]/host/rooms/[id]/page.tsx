import Link from 'next/link'
import { notFound } from 'next/navigation'
import { getLocale, getTranslations } from 'next-intl/server'
import { MonthTable } from '@/components/hosts/month-table'
import { NightLegend } from '@/components/hosts/night-look'
import { NightsForm, RoomForm } from '@/components/hosts/room-forms'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { roomCalendar, roomCity } from '@/lib/hosts/queries/details'
import { MAX_AHEAD_NIGHTS } from '@/lib/hosts/rules'
import { newFormKey } from '@/lib/privacy/secret'
import { idText } from '@/lib/text/schema'
import { todayIn } from '@/lib/time/clock'
import { addDays } from '@/lib/time/day'
import { guarded } from '../../../guard'
import { requireHost } from '../../access'
import { pageTitle } from '../../page-title'
import { changeRoomAction, closeNightsAction, offerNightsAction } from './actions'
import { monthPage } from './months'

export const generateMetadata = () => pageTitle('calendar')

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ month?: string | string[] }> }

async function readPage({ params, searchParams }: Props) {
  const { hostId } = await requireHost()
  const id = idText.safeParse((await params).id)
  if (!id.success) notFound()
  const { month } = await searchParams
  return guarded(async () => {
    const page = monthPage(typeof month === 'string' ? month : undefined, todayIn(await roomCity(hostId, id.data)))
    return { page, room: await roomCalendar({ hostId, roomId: id.data, from: page.from, until: page.until }) }
  })
}

/** The calendar of one room, and what can be changed about it. */
export default async function RoomPage(props: Props) {
  const { page, room } = await readPage(props)
  const locale = await getLocale()
  const t = await getTranslations('host.room')
  const here = `/${locale}/host/rooms/${room.id}`
  const days = { today: room.today, last: addDays(room.today, MAX_AHEAD_NIGHTS - 1) }
  return (
    <>
      <div>
        <Link href={`/${locale}/host/homes/${room.homeId}`} prefetch={false}>{t('toHome')}</Link>
        <h1>{room.name}</h1>
      </div>
      {!room.inService && <Notice tone="info" title={t('outOfService')} />}
      <NightLegend />
      <div className="grid gap-8">
        {page.months.map((month) => (
          <MonthTable key={month} month={month} nights={room.nights.filter((night) => night.day.startsWith(month))} />
        ))}
      </div>
      <nav aria-label={t('months')} className="flex min-h-12 flex-wrap justify-between gap-4">
        {page.earlier ? <TextLink href={`${here}?month=${page.earlier}`}>{t('earlier')}</TextLink> : <span />}
        {page.later ? <TextLink href={`${here}?month=${page.later}`}>{t('later')}</TextLink> : <span />}
      </nav>
      <div className="grid gap-4 sm:grid-cols-2">
        <Card title={t('offer')}>
          <NightsForm action={offerNightsAction} formKey={newFormKey()} room={room} purpose="offer" {...days} />
        </Card>
        <Card title={t('close')}>
          <NightsForm action={closeNightsAction} formKey={newFormKey()} room={room} purpose="close" {...days} />
        </Card>
      </div>
      <Card title={t('facts')}>
        <RoomForm action={changeRoomAction} formKey={newFormKey()} room={room} />
      </Card>
    </>
  )
}
