import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Fold } from '@/components/ui/fold'
import type { FormAction } from '@/lib/actions/state'
import { PRIORITY_PARTS, WISHES, type Policy, type PriorityPart, type Scales, type Wish } from '@/lib/matching/policy'
import { MOST_OF_PRIORITY, MOST_OF_SCALES, MOST_OF_WISH } from '@/lib/policies/schema'
import { shownWeight } from './weight-words'

const SCALES = Object.keys(MOST_OF_SCALES) as (keyof Scales)[]
/** Fields whose name is not their weight's. */
const TYPED_AS: Partial<Record<keyof Scales, string>> = { unknownAnswerRate: 'unknownAnswerPercent' }

type Props = {
  action: FormAction
  formKey: string
  cityId: string
  /** The version in force when the form was drawn. */
  basedOn: number
  /** First name and weights. */
  from: Policy
  name: string
}

/** Every weight in plain words, as whole points. Saving shows what would change; nothing is decided by it yet. */
export function WeightsForm({ action, formKey, cityId, basedOn, from, name }: Props) {
  const t = useTranslations('policy.edit')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={formKey} label={t('title')} className="grid gap-6">
      <input type="hidden" name="cityId" value={cityId} />
      <input type="hidden" name="basedOn" value={basedOn} />
      <Field name="name" label={t('name')} hint={t('nameHint')} initial={name} maxLength={160} autoComplete="off" required />
      <Weights title={t('priority')} hint={t('priorityHint')} of={PRIORITY_PARTS} values={from.priority} most={MOST_OF_PRIORITY} />
      <Weights title={t('wishes')} hint={t('wishesHint')} of={WISHES} values={from.wishes} most={MOST_OF_WISH} />
      <Fold summary={t('scales')} names={SCALES.map(typedAs)}>
        <div className={GRID}>{SCALES.map((scale) => <Weight key={scale} weight={scale} value={from.scales[scale]} least={1} most={mostOf(scale)} />)}</div>
      </Fold>
      <div className="grid gap-2 sm:justify-items-start">
        <p className="text-sm text-muted">{t('saveHint')}</p>
        <SubmitButton pendingLabel={ui('sending')}>{t('save')}</SubmitButton>
      </div>
    </ActionForm>
  )
}

const GRID = 'grid items-end gap-x-6 gap-y-4 sm:grid-cols-2 xl:grid-cols-3'

function typedAs(scale: keyof Scales): string {
  return TYPED_AS[scale] ?? scale
}

function mostOf(scale: keyof Scales): number {
  return shownWeight(scale, MOST_OF_SCALES[scale])
}

type WeightsProps<Name extends Wish | PriorityPart> = {
  title: string
  hint: string
  of: readonly Name[]
  values: Readonly<Record<Name, number>>
  most: number
}

function Weights<Name extends Wish | PriorityPart>({ title, hint, of, values, most }: WeightsProps<Name>) {
  return (
    <fieldset className="grid min-w-0 gap-4">
      <legend className="mb-1 text-xl font-semibold">{title}</legend>
      <p className="max-w-[66ch] text-sm text-muted">{hint}</p>
      <div className={GRID}>{of.map((weight) => <Weight key={weight} weight={weight} value={values[weight]} least={0} most={most} />)}</div>
    </fieldset>
  )
}

type WeightProps = { weight: Wish | PriorityPart | keyof Scales; value: number; least: number; most: number }

function Weight({ weight, value, least, most }: WeightProps) {
  const t = useTranslations('policy.weight')
  const name = weight in MOST_OF_SCALES ? typedAs(weight as keyof Scales) : weight
  return (
    <Field
      name={name}
      type="number"
      inputMode="numeric"
      width="short"
      label={t(`${weight}.label`)}
      hint={t(`${weight}.hint`)}
      initial={String(shownWeight(weight, value))}
      min={least}
      max={most}
      required
    />
  )
}
