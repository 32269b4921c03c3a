import { useLocale, useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { FactsList } from '@/components/ui/facts-list'
import { FormDatum, FormWhen } from '@/components/ui/form-result'
import { Time } from '@/components/ui/time'
import type { FormAction } from '@/lib/actions/state'
import type { HostClosed } from '@/lib/safety/schema'

type Opened = { action: FormAction; formKey: string }
type Closed = { contact: HostClosed | null; address: HostClosed | null }
type Look = { at: Date; byName: string; field: 'HOST_CONTACT' | 'ADDRESS' }

function OpenForm({ action, formKey, hostId, words, shows }: Opened & { hostId: string; words: string; shows: readonly string[] }) {
  const t = useTranslations('coordinate.record')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={words}>
      <input type="hidden" name="hostId" value={hostId} />
      <FormWhen status={['idle', 'refused']}>
        <div><SubmitButton look="secondary" pendingLabel={ui('sending')}>{words}</SubmitButton></div>
      </FormWhen>
      <FormWhen status="done">
        <FactsList facts={shows.map((name) => ({ key: name, name: t(name), value: <FormDatum name={name} /> }))} />
      </FormWhen>
    </ActionForm>
  )
}

type Props = { hostId: string; contact: Opened; homes: Opened; closed: Closed; looks: readonly Look[]; now: Date; timeZone: string }

/** Contact and address of a host behind a press each, to arrange a visit, or why they stay closed; below, who pressed. */
export function VisitContact({ hostId, contact, homes, closed, looks, now, timeZone }: Props) {
  const t = useTranslations('coordinate.hosts')
  const locale = useLocale()
  return (
    <Card title={t('arrange')}>
      <p className="text-muted">{t(closed.contact === null ? 'arrangeText' : 'arrangeNotYours')}</p>
      {closed.contact === null && <OpenForm {...contact} hostId={hostId} words={t('openContact')} shows={['firstName', 'contact']} />}
      {closed.address === null && <OpenForm {...homes} hostId={hostId} words={t('openAddress')} shows={['address']} />}
      {closed.address === 'NO_VISIT_DUE' && <p className="text-muted">{t('arrangeNoVisit')}</p>}
      {looks.length > 0 && (
        <ul className="grid gap-1 text-sm text-muted">
          {looks.map(({ at, byName, field }) => (
            <li key={`${at.toISOString()} ${field}`}>
              {t(`looked.${field}`, { name: byName })}{', '}
              <Time at={at} now={now} locale={locale} timeZone={timeZone} kind="clock" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
