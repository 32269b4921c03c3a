import { useLocale, useTranslations } from 'next-intl'
import { CheckLine } from '@/components/ui/check-line'
import { PointsBar } from '@/components/ui/points-bar'
import type { Explanation } from '@/lib/matching/explain'
import type { MustHave } from '@/lib/matching/must-haves'
import type { Mismatch } from '@/lib/matching/eligibility'
import { valueText } from './words'

/** Rules whose outcome says little while they hold: they fold away. */
const QUIET: ReadonlySet<Mismatch> = new Set<Mismatch>([
  'UNACCOMPANIED_MINOR', 'BLOCKED', 'REFUSED_BEFORE', 'HOST_NOT_VETTED', 'HOME_TO_VISIT', 'HOST_PAUSED', 'OUT_OF_SERVICE', 'TOO_LONG',
])

function Lines({ rules }: { rules: readonly MustHave[] }) {
  const t = useTranslations('coordinate.candidates')
  const ui = useTranslations('ui')
  const locale = useLocale()
  return (
    <ul className="grid gap-1">
      {rules.map(({ rule, state, values }) => {
        const passed = state === 'MET'
        return (
          <CheckLine key={rule} passed={passed} word={ui(passed ? 'fits' : 'fitsNot')} value={valueText({ of: rule, values, t, locale })}>
            {t(`${passed ? 'rule' : 'failed'}.${rule}`)}
          </CheckLine>
        )
      })}
    </ul>
  )
}

/** Every condition that was asked, with its value; those that hold everywhere fold away. */
export function MustHaves({ mustHaves }: { mustHaves: readonly MustHave[] }) {
  const t = useTranslations('coordinate.candidates')
  const asked = mustHaves.filter(({ state }) => state !== 'NOT_ASKED')
  const folded = asked.filter(({ rule, state }) => state === 'MET' && QUIET.has(rule))
  return (
    <div className="grid gap-1">
      <p className="text-sm font-semibold">{t('must')}</p>
      <Lines rules={asked.filter((one) => !folded.includes(one))} />
      <details>
        <summary className="inline-flex min-h-(--target) cursor-pointer items-center text-sm text-primary">{t('mustMore', { count: folded.length })}</summary>
        <Lines rules={folded} />
      </details>
    </div>
  )
}

/** Every wish with its points and a bar, in the fixed order. */
export function Wishes({ wishes }: Pick<Explanation, 'wishes'>) {
  const t = useTranslations('coordinate.candidates')
  const locale = useLocale()
  return (
    <div className="grid gap-2">
      {wishes.map(({ wish, points, maximum, values }) => (
        <PointsBar key={wish} name={t(`wish.${wish}`)} points={points} max={maximum} reason={valueText({ of: wish, values, t, locale })} />
      ))}
    </div>
  )
}

/** The one sentence: the best point and the worst. */
export function Sentence({ best, worst }: Pick<Explanation, 'best' | 'worst'>) {
  const t = useTranslations('coordinate.candidates')
  const words = { best: best ? t(`best.${best.wish}`) : '', worst: worst ? t(`worst.${worst.wish}`) : '' }
  if (best && worst) return <p>{t('sentence.both', words)}</p>
  if (best) return <p>{t('sentence.best', { best: words.best })}</p>
  return <p>{worst ? t('sentence.worst', { worst: words.worst }) : t('sentence.none')}</p>
}
