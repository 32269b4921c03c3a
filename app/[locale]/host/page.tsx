import { getLocale, getTranslations } from 'next-intl/server'
import { HomeStrips } from '@/components/hosts/home-strips'
import { PauseForm } from '@/components/hosts/pause-form'
import { StillStands } from '@/components/hosts/still-stands'
import { VettingWords } from '@/components/hosts/vetting-words'
import { LinkButton } from '@/components/ui/link-button'
import { Time } from '@/components/ui/time'
import { hostHome } from '@/lib/hosts/queries/home'
import { liveStays } from '@/lib/hosts/queries/requests'
import { findCity } from '@/lib/places/places'
import { newFormKey } from '@/lib/privacy/secret'
import { now } from '@/lib/time/clock'
import { guarded } from '../guard'
import { requireHost } from './access'
import { confirmStandsAction, pauseAction } from './actions'
import { pageTitle } from './page-title'
import { StaySections } from './stay-sections'

export const generateMetadata = () => pageTitle('home')

/** A host's own page: who to answer, who comes, who is here, and the rooms. */
export default async function HostPage() {
  const { hostId } = await requireHost()
  const locale = await getLocale()
  const t = await getTranslations('host.page')
  const [host, stays] = await guarded(() => Promise.all([hostHome(hostId), liveStays(hostId)]))
  const timeZone = findCity(host.homes[0]?.cityId ?? '')?.timeZone ?? 'Asia/Almaty'
  return (
    <>
      <h1>{t('title', { name: host.firstName ?? t('nameless') })}</h1>
      <VettingWords state={host.state} wasVetted={host.wasVetted} visited={host.visited} references={host.references} />
      <StaySections stays={stays} paused={host.paused} />
      <HomeStrips state={host.state} homes={host.homes} />
      <StillStands
        action={confirmStandsAction}
        formKey={newFormKey()}
        when={<Time at={host.confirmedAt} now={now()} locale={locale} timeZone={timeZone} />}
      />
      <PauseForm action={pauseAction} formKey={newFormKey()} paused={host.paused} />
      <div className="flex flex-wrap gap-2">
        <LinkButton href={`/${locale}/host/household`} look="secondary">{t('household')}</LinkButton>
        <LinkButton href={`/${locale}/host/offer`} look="secondary">{t('addHome')}</LinkButton>
      </div>
    </>
  )
}
