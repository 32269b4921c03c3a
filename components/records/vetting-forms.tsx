import { useTranslations } from 'next-intl'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import type { FormAction } from '@/lib/actions/state'
import type { HomeKind } from '@/lib/hosts/schema'
import { CHECK_DAYS } from '@/lib/safety/schema'
import { addDays, type Day } from '@/lib/time/day'
import { useCheckWords } from './check-words'
import { CheckedForm } from './checked-form'
import { usePlaceWords } from './place-words'

type Props = {
  action: FormAction
  formKey: string
  hostId: string
  version: number
  today: Day
}

function HostFields({ hostId, version }: Pick<Props, 'hostId' | 'version'>) {
  return (
    <>
      <input type="hidden" name="hostId" value={hostId} />
      <input type="hidden" name="version" value={version} />
    </>
  )
}

function DoneOn({ label, today }: { label: string; today: Day }) {
  const earliest = addDays(today, 1 - CHECK_DAYS)
  return <Field name="doneOn" type="date" label={label} initial={today} min={earliest} max={today} width="short" required />
}

type HomeSeen = { id: string; kind: HomeKind; cityId: string; districtId: string | null }

// where there is one home only, the visit was there
function HomesSeen({ homes }: { homes: readonly HomeSeen[] }) {
  const t = useTranslations('coordinate.hosts')
  const placeWords = usePlaceWords()
  const options = homes.map((home) => ({ value: home.id, label: placeWords(home) }))
  return <Choice name="homes[]" legend={t('homesSeen')} hint={t('homesSeenHint')} options={options} pick="many" initial={homes.length === 1 ? homes.map(({ id }) => id) : []} />
}

type VisitProps = Props & { claimsWomenOnly: boolean; homes: readonly HomeSeen[] }

/** Who was there, in which home, what was seen. Where the household says that only women live there, the visit confirms it or ends it. */
export function VisitForm({ action, formKey, hostId, version, today, claimsWomenOnly, homes }: VisitProps) {
  const t = useTranslations('coordinate.hosts')
  const ui = useTranslations('ui')
  return (
    <CheckedForm check="VISIT" action={action} formKey={formKey} today={today} words={useCheckWords(t('check'))} label={t('visit')}>
      <HostFields hostId={hostId} version={version} />
      <DoneOn label={t('visitDay')} today={today} />
      <Checkbox name="seen" label={t('seen')} />
      <HomesSeen homes={homes} />
      {claimsWomenOnly && <Checkbox name="womenOnlySeen" label={t('womenOnlySeen')} hint={t('womenOnlySeenHint')} />}
      <Field name="note" type="textarea" rows={3} label={t('note')} hint={t('noteHint')} />
      <SubmitButton wide pendingLabel={ui('sending')}>{t('visit')}</SubmitButton>
    </CheckedForm>
  )
}

/** What somebody else says of the host. The referee is named so that two references are two people's. */
export function ReferenceForm({ action, formKey, hostId, version, today }: Props) {
  const t = useTranslations('coordinate.hosts')
  const ui = useTranslations('ui')
  return (
    <CheckedForm check="REFERENCE" action={action} formKey={formKey} today={today} words={useCheckWords(t('check'))} label={t('reference')}>
      <HostFields hostId={hostId} version={version} />
      <DoneOn label={t('referenceDay')} today={today} />
      <Field name="referee" label={t('refereeLabel')} hint={t('refereeHint')} autoComplete="off" maxLength={160} required />
      <Checkbox name="apart" label={t('apart')} />
      <Field name="note" type="textarea" rows={3} label={t('note')} hint={t('noteHint')} />
      <SubmitButton wide look="secondary" pendingLabel={ui('sending')}>{t('reference')}</SubmitButton>
    </CheckedForm>
  )
}
