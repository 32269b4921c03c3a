import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { z } from 'zod'
import { CheckList } from '@/components/records/check-list'
import { HostBadge } from '@/components/records/host-badge'
import { HomeCard, HouseholdCard } from '@/components/records/host-facts'
import { ReferenceForm, VisitForm } from '@/components/records/vetting-forms'
import { VisitContact } from '@/components/records/visit-contact'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { requireScope } from '@/lib/auth/session'
import { isLocale } from '@/lib/i18n/routing'
import { findCity, placeName } from '@/lib/places/places'
import { tellsVisit } from '@/lib/hosts/rules'
import { newFormKey } from '@/lib/privacy/secret'
import { hostRecord, type HostRecord } from '@/lib/safety/queries'
import { now } from '@/lib/time/clock'
import { guarded } from '../../../guard'
import { recordReferenceAction, recordVisitAction, revealContactAction, revealHomesAction } from '../actions'

/** The title says what is done here, never who the host is. */
export async function generateMetadata() {
  return { title: (await getTranslations('coordinate.hosts'))('checks') }
}

async function heading(host: HostRecord): Promise<string> {
  const t = await getTranslations('coordinate.hosts')
  const locale = await getLocale()
  const cities = [...new Set(host.homes.map(({ cityId }) => cityId))].flatMap((id) => findCity(id) ?? [])
  const names = cities.map((city) => placeName(city, isLocale(locale) ? locale : 'ru'))
  return [t('home'), ...names].join(', ')
}

async function Forms({ host }: { host: HostRecord }) {
  const t = await getTranslations('coordinate.hosts')
  if (host.own) return <Notice tone="info">{t('ownNotice')}</Notice>
  if (host.state === 'BLOCKED') return <Notice tone="danger">{t('blockedNotice')}</Notice>
  const { visited, completeUntil } = host.vetting
  const isSeen = host.homes.every((home) => !home.toVisit)
  const given = { hostId: host.id, version: host.version, today: host.today }
  return (
    <>
      <Card title={t('visit')} look={visited && isSeen ? 'plain' : 'lit'}>
        <VisitForm
          {...given}
          action={recordVisitAction}
          formKey={newFormKey()}
          claimsWomenOnly={host.womenOnlyHousehold}
          homes={host.homes}
        />
      </Card>
      <Card title={t('reference')} look={visited && completeUntil === null ? 'lit' : 'plain'}>
        <ReferenceForm {...given} action={recordReferenceAction} formKey={newFormKey()} />
      </Card>
    </>
  )
}

/** One host: what a visit must see, what was checked, and the forms that record it. */
export default async function HostPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!z.uuid().safeParse(id).success) notFound()
  const host = await guarded(async () => hostRecord(await requireScope(), id))
  const t = await getTranslations('coordinate.hosts')
  return (
    <div className="grid gap-4">
      <div className="no-print"><TextLink href={`/${await getLocale()}/coordinate/hosts`} icon="arrow-left">{t('back')}</TextLink></div>
      <h1>{await heading(host)}</h1>
      <HostBadge state={host.state} paused={host.paused} renewal={host.renewal} homes={host.homes} />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <CheckList checks={host.checks} vetting={host.vetting} />
          {host.homes.map((home) => <HomeCard key={home.id} home={home} tellsVisit={tellsVisit(host, home)} />)}
          <HouseholdCard facts={host} />
        </div>
        <div className="grid gap-4">
          {!host.own && (
            <VisitContact
              hostId={host.id}
              contact={{ action: revealContactAction, formKey: newFormKey() }}
              homes={{ action: revealHomesAction, formKey: newFormKey() }}
              closed={host.closed}
              looks={host.looks}
              now={now()}
              timeZone={host.timeZone}
            />
          )}
          <Forms host={host} />
        </div>
      </div>
    </div>
  )
}
