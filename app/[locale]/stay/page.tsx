import { getLocale, getTranslations } from 'next-intl/server'
import { CloseForm } from '@/components/stay/close-form'
import { Closing } from '@/components/stay/closing'
import { CodeCard } from '@/components/stay/code-card'
import { HomeCard } from '@/components/stay/home-card'
import { OpenAnother, OpenForm } from '@/components/stay/open-form'
import { Proposal } from '@/components/stay/proposal'
import { GapNotice, QueueCard, TonightNotice } from '@/components/stay/queue-card'
import { StaySteps } from '@/components/stay/stay-steps'
import { TextLink } from '@/components/ui/text-link'
import { stayView } from '@/lib/arrivals/queries/stay'
import { headingOf, stageOf, type Stage, type StayView } from '@/lib/arrivals/rules/stay'
import { currentGuest, staySecret } from '@/lib/auth/session'
import { deskPhone } from '@/lib/config/desk'
import { env } from '@/lib/config/env'
import { newFormKey } from '@/lib/privacy/secret'
import { PublicFrame } from '../frames'
import { StoppedNotice } from '../stopped-notice'
import {
  arrivedAction, closeAction, contactAction, longerAction, noAction, openStayAction, revealAction, yesAction,
} from './actions'
import { OwnFrame } from './own-frame'
import { stayTitle } from './page-title'

export const generateMetadata = stayTitle

const FORMS = {
  yes: yesAction, no: noAction, reveal: revealAction, contact: contactAction, arrived: arrivedAction, longer: longerAction, newKey: newFormKey,
}

function Plans({ view }: { view: StayView }) {
  const asks = view.plans.some(({ guestSaidYes, homes }) => !guestSaidYes && homes.some(({ state }) => state === 'PROPOSED'))
  const plans = view.plans.flatMap((plan) => [
    <Proposal key={plan.planId} plan={plan} view={view} forms={FORMS} />,
    ...plan.homes
      .filter(({ state }) => state !== 'PROPOSED')
      .map((home) => <HomeCard key={home.placementId} home={home} forms={FORMS} phone={deskPhone()} />),
  ])
  return <>{asks && <StoppedNotice to="people" />}{plans}</>
}

async function ownLink(): Promise<string> {
  return `${env.NEXTAUTH_URL}/${await getLocale()}/stay#${(await staySecret()) ?? ''}`
}

async function Running({ view, stage }: { view: StayView; stage: Stage }) {
  const t = await getTranslations('stay')
  const code = <CodeCard code={view.code} link={await ownLink()} look={stage === 'SEARCHING' ? 'lit' : 'plain'} />
  return (
    <>
      <h1>{t(`stage.${headingOf(view)}`)}</h1>
      {stage === 'SEARCHING' && <p>{t('sent')}</p>}
      {view.onward && <GapNotice nights={view.onward} />}
      <Plans view={view} />
      {stage === 'SEARCHING' && code}
      <StaySteps stage={stage} />
      {stage === 'SEARCHING' && <QueueCard view={view} />}
      {stage === 'SEARCHING' && (view.onward ?? view.nights).from <= view.today && <TonightNotice phone={deskPhone()} />}
      {stage !== 'SEARCHING' && code}
    </>
  )
}

async function MoreLinks({ stage }: { stage: Stage }) {
  const locale = await getLocale()
  const t = await getTranslations('stay')
  return (
    <ul className="flex flex-wrap gap-x-6">
      {stage !== 'ENDED' && stage !== 'ARRIVED' && (
        <li className="flex min-h-12 items-center">
          <TextLink href={`/${locale}/stay/cancel`}>{t('cancelLink')}</TextLink>
        </li>
      )}
      <li className="flex min-h-12 items-center">
        <TextLink href={`/${locale}/stay/delete`}>{t('delete.link')}</TextLink>
      </li>
    </ul>
  )
}

/** A newcomer's own page: where their request stands and what they can do now. */
export default async function StayPage() {
  const guest = await currentGuest()
  if (guest?.kind !== 'GUEST') {
    return (
      <PublicFrame>
        <OpenForm action={openStayAction} formKey={newFormKey()} />
      </PublicFrame>
    )
  }
  const view = await stayView(guest.arrivalId)
  const stage = stageOf(view)
  const below = (
    <>
      <OpenAnother action={openStayAction} formKey={newFormKey()} />
      <CloseForm action={closeAction} formKey={newFormKey()} />
    </>
  )
  return (
    <OwnFrame below={below}>
      {stage === 'ENDED' ? <Closing view={view} phone={deskPhone()} /> : <Running view={view} stage={stage} />}
      <MoreLinks stage={stage} />
    </OwnFrame>
  )
}
