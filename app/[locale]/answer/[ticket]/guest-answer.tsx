import { getLocale, getTranslations } from 'next-intl/server'
import { GuestNoForm, GuestYesForm } from '@/components/hosts/answer-forms'
import { AddressForm } from '@/components/stay/address-form'
import { ChangedNotice } from '@/components/stay/changed-notice'
import { ThroughDesk } from '@/components/stay/host-contact'
import { Card } from '@/components/ui/card'
import { FactsList } from '@/components/ui/facts-list'
import { LinkButton } from '@/components/ui/link-button'
import { Notice } from '@/components/ui/notice'
import { Time } from '@/components/ui/time'
import { formatDay } from '@/components/ui/time-words'
import { deskPhone } from '@/lib/config/desk'
import type { GuestOffer } from '@/lib/hosts/queries/answer'
import { findCity } from '@/lib/places/places'
import { newFormKey } from '@/lib/privacy/secret'
import { now } from '@/lib/time/clock'
import { daysBetween } from '@/lib/time/day'
import { StoppedNotice } from '../../stopped-notice'
import { guestAddressAction, guestAnotherAction, guestYesAction } from './actions'

type Props = { offer: GuestOffer; ticket: string }

const FACTS = ['womenOnly', 'childrenHere', 'animalsHere', 'smoking', 'stepFree'] as const

// No town: previews of a chat open this page too, and guests know where they asked.
async function OfferFacts({ offer }: { offer: GuestOffer }) {
  const locale = await getLocale()
  const t = await getTranslations('answer.guest')
  const house = await getTranslations('host.house')
  const kind = (await getTranslations('host.offer.what'))(`kind.${offer.kind}`)
  const stay = await getTranslations('host.stay')
  const day = (value: string) => formatDay({ day: value, locale, style: 'weekday' })
  const run = stay('run', { count: daysBetween(offer.from, offer.until), from: day(offer.from), until: day(offer.until) })
  const traits = FACTS.filter((fact) => offer[fact]).map((fact) => t(`facts.${fact}`))
  const languages = offer.languages.filter((code) => house.has(`language.${code}`)).map((code) => house(`language.${code}`))
  const facts = [
    { key: 'what', name: t('what'), value: kind },
    { key: 'nights', name: t('nights'), value: run },
    { key: 'home', name: t('home'), value: traits.join(', ') },
    { key: 'languages', name: t('languages'), value: languages.join(', ') },
    { key: 'rules', name: t('houseRules'), value: offer.houseRules ?? '' },
  ]
  return <Card><FactsList facts={facts.filter(({ value }) => value !== '')} /></Card>
}

async function Ask({ offer, ticket }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('answer.guest')
  const timeZone = findCity(offer.cityId)?.timeZone ?? 'Asia/Almaty'
  return (
    <>
      <p>{t('awaitedUntil')} <Time at={offer.deadline} now={now()} locale={locale} timeZone={timeZone} kind="clock" />.</p>
      <StoppedNotice to="people" />
      <Notice tone="info" title={t('legalTitle')}>{t('legalText')}</Notice>
      <GuestYesForm action={guestYesAction} formKey={newFormKey()} ticket={ticket} />
      <Card title={t('anotherTitle')}>
        <GuestNoForm action={guestAnotherAction} formKey={newFormKey()} ticket={ticket} />
      </Card>
    </>
  )
}

// The secret link shows more than a mailed one: the contact of a host who allows it, arrival, more nights.
async function Confirmed({ ticket }: { ticket: string }) {
  const t = await getTranslations('answer.guest')
  return (
    <>
      <AddressForm stay={{ ticket }} action={guestAddressAction} formKey={newFormKey()} />
      <ThroughDesk phone={deskPhone()} />
      <p>{t('next.CONFIRMED')}</p>
    </>
  )
}

async function Body({ offer, ticket }: Props) {
  const t = await getTranslations('answer.guest')
  if (offer.state === 'ASK') return <Ask offer={offer} ticket={ticket} />
  if (offer.householdChanged) return <ChangedNotice phone={deskPhone()} />
  if (offer.state === 'CONFIRMED') return <Confirmed ticket={ticket} />
  return <p>{t(`next.${offer.state}`)}</p>
}

const SHOWS_FACTS: readonly GuestOffer['state'][] = ['ASK', 'WAITING', 'CONFIRMED']

/** What a newcomer reads and does behind a mailed link; the address opens by a recorded press, never with the page. */
export async function GuestAnswer({ offer, ticket }: Props) {
  const locale = await getLocale()
  const t = await getTranslations('answer.guest')
  const stay = await getTranslations('stay')
  const { state, householdChanged } = offer
  return (
    <>
      <h1>{householdChanged ? stay('stage.CHANGED') : t(`title.${state}`)}</h1>
      {SHOWS_FACTS.includes(state) && <OfferFacts offer={offer} />}
      <Body offer={offer} ticket={ticket} />
      {state === 'CLOSED'
        ? <LinkButton href={`/${locale}/need`} wide>{t('newRequest')}</LinkButton>
        : <div><LinkButton href={`/${locale}/stay`} look="secondary">{t('ownPage')}</LinkButton></div>}
    </>
  )
}
