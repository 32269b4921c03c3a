import { getLocale, getTranslations } from 'next-intl/server'
import { RoundList } from '@/components/rounds/round-list'
import { StartForm } from '@/components/rounds/start-form'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { requireScope, type CoordinatorScope } from '@/lib/auth/session'
import { findCity } from '@/lib/places/places'
import { readPolicy } from '@/lib/policies/queries/versions'
import { newFormKey } from '@/lib/privacy/secret'
import { countScope, listRounds } from '@/lib/rounds/queries/round'
import { now } from '@/lib/time/clock'
import { guarded } from '../../guard'
import { StoppedNotice } from '../../stopped-notice'
import { startRoundAction } from './actions'

const LISTED = 20

export async function generateMetadata() {
  return { title: (await getTranslations('rounds'))('title') }
}

async function readCities(scope: CoordinatorScope) {
  const counted = await countScope(scope)
  return Promise.all(counted.map(async (city) => ({ ...city, policy: await readPolicy(city.cityId) })))
}

/** Rounds: choose for whom, start, and see what earlier ones came to. */
export default async function RoundsPage() {
  const scope = await guarded(requireScope)
  const t = await getTranslations('rounds')
  const [cities, rounds] = await Promise.all([readCities(scope), listRounds(scope, { limit: LISTED })])
  const timeZone = findCity(cities[0]?.cityId ?? 'almaty')?.timeZone ?? 'UTC'
  return (
    <div className="grid max-w-4xl gap-6">
      <div className="grid gap-2">
        <h1>{t('title')}</h1>
        <p className="text-muted">{t('lead')}</p>
      </div>
      <StoppedNotice to="staff" />
      {cities.length === 0 ? <EmptyState title={t('form.noCities')}>{t('form.noCitiesHint')}</EmptyState> : (
        <Card title={t('form.title')}><StartForm action={startRoundAction} formKey={newFormKey()} cities={cities} /></Card>
      )}
      <section aria-labelledby="earlier" className="grid gap-3">
        <h2 id="earlier">{t('list.title')}</h2>
        <RoundList rounds={rounds} path={`/${await getLocale()}/coordinate/rounds`} now={now()} timeZone={timeZone} />
      </section>
    </div>
  )
}
