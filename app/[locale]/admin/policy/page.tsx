import { getLocale, getTranslations } from 'next-intl/server'
import { VersionList } from '@/components/policies/version-list'
import { usePolicyName } from '@/components/policies/weight-words'
import { WeightsForm } from '@/components/policies/weights-form'
import { SubmitButton } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { SelectField } from '@/components/ui/select-field'
import { TextLink } from '@/components/ui/text-link'
import type { UserActor } from '@/lib/auth/rules'
import { requireUser } from '@/lib/auth/session'
import { isLocale } from '@/lib/i18n/routing'
import { DEFAULT_POLICY, type Policy } from '@/lib/matching/policy'
import { findCity, placeName } from '@/lib/places/places'
import { listDrafts, listVersions, readDraft, readPolicy, readVersion } from '@/lib/policies/queries/versions'
import { policyOfDraft } from '@/lib/policies/rules'
import { newFormKey } from '@/lib/privacy/secret'
import { idText } from '@/lib/text/schema'
import { now } from '@/lib/time/clock'
import { textIn, type Query } from '../../coordinate/case-params'
import { guarded } from '../../guard'
import { returnAction, saveDraftAction } from './actions'

/** The title of the page on which a lead weighs. */
export async function generateMetadata() {
  return { title: (await getTranslations('policy'))('title') }
}

/** The weights a form begins with: of a version, of a draft, or what is in force. */
async function readStart(actor: UserActor, { cityId, query, inForce }: { cityId: string; query: Query; inForce: Policy }): Promise<Policy> {
  const version = Number(textIn(query, 'version'))
  const chosen = Number.isInteger(version) && version >= 1 ? await readVersion(actor, { cityId, version }) : null
  if (chosen) return chosen
  const draftId = idText.safeParse(textIn(query, 'draft'))
  const draft = draftId.success ? await readDraft(actor, draftId.data) : null
  return draft?.cityId === cityId ? { ...policyOfDraft(draft), version: draft.basedOn } : inForce
}

async function CityChoice({ cityIds, chosen }: { cityIds: readonly string[]; chosen: string }) {
  const t = await getTranslations('policy')
  const locale = await getLocale()
  const nameOf = (id: string) => {
    const city = findCity(id)
    return city ? placeName(city, isLocale(locale) ? locale : 'ru') : id
  }
  if (cityIds.length === 1) return <p className="font-semibold">{nameOf(chosen)}</p>
  return (
    <form method="get" className="flex flex-wrap items-end gap-3">
      <div className="min-w-56">
        <SelectField name="city" label={t('city')} options={cityIds.map((value) => ({ value, label: nameOf(value) }))} initial={chosen} />
      </div>
      <SubmitButton look="secondary" pendingLabel={t('show')}>{t('show')}</SubmitButton>
    </form>
  )
}

async function Drafts({ actor, cityId }: { actor: UserActor; cityId: string }) {
  const t = await getTranslations('policy.drafts')
  const locale = await getLocale()
  const drafts = await listDrafts(actor, cityId)
  if (drafts.length === 0) return null
  return (
    <section className="grid gap-2">
      <h2>{t('title')}</h2>
      <p className="text-sm text-muted">{t('hint')}</p>
      <ul className="grid">
        {drafts.map(({ id, name, byName }) => <li key={id}><TextLink href={`/${locale}/admin/policy/${id}`}>{t('made', { name, by: byName })}</TextLink></li>)}
      </ul>
    </section>
  )
}

function InForce({ policy: { version, name }, words }: { policy: Policy; words: (values: { version: number; name: string }) => string }) {
  const nameOf = usePolicyName()
  return <p>{words({ version, name: nameOf(name) })}</p>
}

async function CityPolicy({ actor, cityId, query }: { actor: UserActor; cityId: string; query: Query }) {
  const t = await getTranslations('policy')
  const locale = await getLocale()
  const inForce = await readPolicy(cityId)
  const start = await guarded(() => readStart(actor, { cityId, query, inForce }))
  const versions = await listVersions(actor, cityId)
  const around = { now: now(), locale, timeZone: findCity(cityId)?.timeZone ?? 'UTC' }
  return (
    <>
      <InForce policy={inForce} words={(values) => t('inForce', values)} />
      <section className="grid gap-3">
        <h2>{t('edit.title')}</h2>
        <InForce policy={start} words={(values) => t('edit.from', values)} />
        <WeightsForm
          key={`${String(inForce.version)} ${start.name} ${String(start.version)}`}
          action={saveDraftAction}
          formKey={newFormKey()}
          cityId={cityId}
          basedOn={inForce.version}
          from={start}
          name={start.name === DEFAULT_POLICY.name ? '' : start.name}
        />
      </section>
      <Drafts actor={actor} cityId={cityId} />
      <VersionList
        versions={versions}
        cityId={cityId}
        startHref={(version) => `/${locale}/admin/policy?city=${cityId}&version=${String(version)}`}
        returnTo={{ action: returnAction, newKey: newFormKey }}
        around={around}
      />
    </>
  )
}

/** What a city decides by: the weights in force, new ones, and all there have been. */
export default async function PolicyPage({ searchParams }: { searchParams: Promise<Query> }) {
  const query = await searchParams
  const actor = await guarded(() => requireUser('policy:edit'))
  const t = await getTranslations('policy')
  const [first] = actor.cityIds
  if (first === undefined) return <EmptyState title={t('title')}>{t('lead')}</EmptyState>
  const wanted = textIn(query, 'city')
  const cityId = actor.cityIds.includes(wanted) ? wanted : first
  return (
    <div className="grid gap-6">
      <h1>{t('title')}</h1>
      <p className="max-w-[66ch] text-muted">{t('lead')}</p>
      <CityChoice cityIds={actor.cityIds} chosen={cityId} />
      <CityPolicy actor={actor} cityId={cityId} query={query} />
    </div>
  )
}
