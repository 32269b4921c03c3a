import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { AdoptForm } from '@/components/policies/adopt-form'
import { MovedPlaces, RoomsSideBySide, WeightChanges } from '@/components/policies/draft-effect'
import { RehearsalCards } from '@/components/policies/rehearsal-cards'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import { requireUser } from '@/lib/auth/session'
import { DEFAULT_POLICY, type Policy } from '@/lib/matching/policy'
import { readDraft, readPolicy, type PolicyDraft } from '@/lib/policies/queries/versions'
import { changesOf, policyOfDraft } from '@/lib/policies/rules'
import { newFormKey } from '@/lib/privacy/secret'
import { idText } from '@/lib/text/schema'
import { guarded } from '../../../guard'
import { adoptAction, rehearseAction } from '../actions'
import { readEffect } from '../effect'

/** The title says what is done here. */
export async function generateMetadata() {
  return { title: (await getTranslations('policy'))('title') }
}

async function Standing({ draft, inForce }: { draft: PolicyDraft; inForce: Policy }) {
  const t = await getTranslations('policy')
  if (draft.adoptedAs !== null) return <Notice tone="ok">{t('draft.adopted', { version: draft.adoptedAs })}</Notice>
  if (draft.basedOn !== inForce.version) return <Notice tone="needs-you">{t('draft.stale')}</Notice>
  const name = inForce.name === DEFAULT_POLICY.name ? t('first') : inForce.name
  return <p className="text-muted">{t('draft.made', { version: inForce.version, name })}</p>
}

/** A draft: what it changes, on whom it shows, what the past days would have been, and the button that adopts it. */
export default async function DraftPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  if (!idText.safeParse(id).success) notFound()
  const actor = await guarded(() => requireUser('policy:edit'))
  const draft = await guarded(() => readDraft(actor, id))
  const t = await getTranslations('policy')
  const inForce = await readPolicy(draft.cityId)
  const path = `/${await getLocale()}/admin/policy?city=${draft.cityId}`
  const isOpen = draft.adoptedAs === null && draft.basedOn === inForce.version
  const effect = isOpen ? await readEffect(actor, { cityId: draft.cityId, inForce, draft: policyOfDraft(draft) }) : null
  return (
    <div className="grid gap-6">
      <div><TextLink href={path} icon="arrow-left">{t('draft.back')}</TextLink></div>
      <h1>{t('draft.title', { name: draft.name })}</h1>
      <Standing draft={draft} inForce={inForce} />
      {isOpen && <WeightChanges changes={changesOf(inForce, draft.weights)} />}
      {isOpen && <div><TextLink href={`${path}&draft=${draft.id}`}>{t('draft.again')}</TextLink></div>}
      {effect && <MovedPlaces places={effect.places} />}
      {effect && <RoomsSideBySide examples={effect.rooms} />}
      <RehearsalCards rehearsals={draft.rehearsals} closed={!isOpen} ask={{ action: rehearseAction, newKey: newFormKey, draftId: draft.id }} />
      {isOpen && (
        <AdoptForm action={adoptAction} formKey={newFormKey()} draftId={draft.id} rehearsed={draft.rehearsals.some(({ state }) => state === 'DONE')} />
      )}
    </div>
  )
}
