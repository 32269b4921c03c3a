import { getLocale, getTranslations } from 'next-intl/server'
import { ContactForm, ExtensionForm, HostNoForm, HostPauseForm, HostYesForm } from '@/components/hosts/answer-forms'
import { HostEndForm } from '@/components/hosts/end-forms'
import { LegalBox } from '@/components/hosts/legal-box'
import { StayFacts } from '@/components/hosts/stay-words'
import { Card } from '@/components/ui/card'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { DayText, Time } from '@/components/ui/time'
import { currentUser } from '@/lib/auth/session'
import { deskPhone } from '@/lib/config/desk'
import type { HostStay, StayParty } from '@/lib/hosts/queries/stays'
import { findCity } from '@/lib/places/places'
import { LEGAL_VERSION } from '@/lib/placements/schema'
import { newFormKey } from '@/lib/privacy/secret'
import { now } from '@/lib/time/clock'
import { StoppedNotice } from '../../stopped-notice'
import {
  extensionAction, guestContactAction, hostCancelAction, hostEndAction, hostFirstYesAction, hostNoAction, hostPauseAction, hostYesAction,
} from './actions'

type Props = { stay: HostStay; ticket: string }

async function Deadline({ stay }: { stay: HostStay }) {
  const timeZone = findCity(stay.cityId)?.timeZone ?? 'Asia/Almaty'
  return <Time at={stay.deadline} now={now()} locale={await getLocale()} timeZone={timeZone} kind="clock" />
}

async function Ask({ stay, ticket }: Props) {
  const t = await getTranslations('answer.host')
  return (
    <>
      <p>{t('awaitedUntil')} <Deadline stay={stay} />. {t('thenReleased')}</p>
      <StoppedNotice to="people" />
      <LegalBox country={findCity(stay.cityId)?.country ?? 'KZ'} version={LEGAL_VERSION} />
      <HostYesForm
        action={stay.hasAddress ? hostYesAction : hostFirstYesAction}
        formKey={newFormKey()}
        ticket={ticket}
        asksAddress={!stay.hasAddress}
      />
      <Card title={t('noTitle')}>
        <HostNoForm action={hostNoAction} formKey={newFormKey()} ticket={ticket} />
      </Card>
      <Card title={t('pauseTitle')}>
        <HostPauseForm action={hostPauseAction} formKey={newFormKey()} ticket={ticket} />
      </Card>
    </>
  )
}

async function Waiting({ stay }: { stay: HostStay }) {
  const t = await getTranslations('answer.host')
  const waits = stay.awaits.filter((who) => who !== 'HOST').map((who) => t(`waits.${who}`))
  return (
    <Notice tone="ok" title={t('thanks')}>
      <p>{waits.join(' ')} {t('nextMail')} <Deadline stay={stay} />.</p>
    </Notice>
  )
}

async function Contact({ stay }: { stay: HostStay }) {
  const t = await getTranslations('answer.host')
  if (stay.contactKind === 'NONE') return <p>{t('noContact')}</p>
  if ((await currentUser())?.hostId === stay.hostId) {
    return <ContactForm action={guestContactAction} formKey={newFormKey()} placementId={stay.placementId} />
  }
  return (
    <>
      <p>{t('contactSignIn')}</p>
      <div>
        <LinkButton href={`/${await getLocale()}/sign-in`} look="secondary">{t('signIn')}</LinkButton>
      </div>
    </>
  )
}

async function Confirmed({ stay, ticket }: Props) {
  const t = await getTranslations('answer.host')
  const locale = await getLocale()
  return (
    <>
      {stay.askedUntil !== null && (
        <Card look="lit" title={t('extension')}>
          <p>{t('extensionAsk')} <DayText day={stay.askedUntil} locale={locale} />.</p>
          <ExtensionForm action={extensionAction} formKey={newFormKey()} ticket={ticket} />
        </Card>
      )}
      <Notice tone="ok" title={t(`confirmed.${stay.state === 'ARRIVED' ? 'ARRIVED' : 'CONFIRMED'}`)}>{t('confirmedText')}</Notice>
      <Card title={t('contactTitle')}>
        <Contact stay={stay} />
      </Card>
      <LegalBox country={findCity(stay.cityId)?.country ?? 'KZ'} version={LEGAL_VERSION} />
      <End stay={stay} ticket={ticket} />
    </>
  )
}

async function End({ stay, ticket }: Props) {
  const t = await getTranslations('answer.host')
  const state = stay.state === 'ARRIVED' ? 'ARRIVED' : 'CONFIRMED'
  const action = state === 'ARRIVED' ? hostEndAction : hostCancelAction
  return (
    <Card title={t(`end.${state}.title`)}>
      <HostEndForm action={action} formKey={newFormKey()} ticket={ticket} state={state} phone={deskPhone()} />
    </Card>
  )
}

async function Who({ stay, party }: { stay: HostStay; party: StayParty }) {
  const t = await getTranslations('answer.host')
  return (
    <Card title={party.nickname} over={t('who')}>
      <StayFacts stay={{ party, from: stay.from, until: stay.until, rooms: stay.rooms }} />
    </Card>
  )
}

async function Over({ state }: { state: HostStay['state'] }) {
  const t = await getTranslations('answer.host')
  return <Notice tone="info" title={t(`over.${state}`)}>{t('overText')}</Notice>
}

/** What a host reads and does behind a mailed link. */
export async function HostAnswer({ stay, ticket }: Props) {
  const t = await getTranslations('answer.host')
  const { state, party } = stay
  return (
    <>
      <h1>{state === 'ASK' ? t('askTitle') : t('title')}</h1>
      {party && <Who stay={stay} party={party} />}
      {state === 'ASK' && <Ask stay={stay} ticket={ticket} />}
      {state === 'WAITING' && <Waiting stay={stay} />}
      {(state === 'CONFIRMED' || state === 'ARRIVED') && <Confirmed stay={stay} ticket={ticket} />}
      {!party && <Over state={state} />}
    </>
  )
}
