import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Choice } from '@/components/ui/choice'
import { Fold } from '@/components/ui/fold'
import type { FormAction } from '@/lib/actions/state'
import { HOST_END_REASONS, HOST_NO_REASONS } from '@/lib/placements/schema'

type Props = {
  action: FormAction
  formKey: string
  /** Names the one stay this page may end. */
  ticket: string
  /** Before the guests come, or while they are there. */
  state: 'CONFIRMED' | 'ARRIVED'
  /** Of the duty desk, where one is set. */
  phone: string | null
}

function useReasons(state: Props['state']) {
  const t = useTranslations('answer.host')
  return state === 'CONFIRMED'
    ? HOST_NO_REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))
    : HOST_END_REASONS.map((value) => ({ value, label: t(`endReasons.${value}`) }))
}

/** The host cannot keep what was agreed: folded away, said in one press, and with somebody to talk to. */
export function HostEndForm({ action, formKey, ticket, state, phone }: Props) {
  const t = useTranslations('answer.host')
  const ui = useTranslations('ui')
  const reasons = useReasons(state)
  return (
    <div className="grid gap-3">
      <p>{t(`end.${state}.text`)}</p>
      {phone !== null && <p className="font-semibold">{t('endPhone')} {phone}</p>}
      <ActionForm action={action} formKey={formKey} label={t(`end.${state}.press`)}>
        <input type="hidden" name="_ticket" value={ticket} />
        <Fold summary={t(`end.${state}.press`)} names={['reason']}>
          <Choice name="reason" legend={t('reason')} legendAs="label" hint={t('reasonHint')} pick="one" layout="chips" options={reasons} />
          <SubmitButton wide look="secondary" pendingLabel={ui('sending')}>{t(`end.${state}.save`)}</SubmitButton>
        </Fold>
      </ActionForm>
    </div>
  )
}
