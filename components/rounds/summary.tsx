import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import type { RoundCertificate } from '@/lib/matching/round-types'
import { durationText } from './words'

type Props = { placed: number; persons: number; plans: number; held: number; seconds: number }

/** What a round came to, in four numbers. */
export function Summary({ placed, persons, plans, held, seconds }: Props) {
  const t = useTranslations('rounds')
  const figures = [
    { key: 'placed', value: placed, label: t('summary.placed', { persons }) },
    { key: 'left', value: persons - placed, label: t('summary.left') },
    { key: 'held', value: `${String(held)} / ${String(plans)}`, label: t('summary.held') },
    { key: 'time', value: durationText(seconds, t), label: t('summary.time') },
  ]
  return (
    <ul aria-label={t('summary.label')} className="keep-together grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line lg:grid-cols-4">
      {figures.map(({ key, value, label }) => (
        <li key={key} className="bg-card px-4 py-4 sm:px-5">
          <span className={`block font-semibold tracking-tight ${key === 'time' ? 'text-xl' : 'text-2xl sm:text-3xl'}`}>{value}</span>
          <span className="block text-muted">{label}</span>
        </li>
      ))}
    </ul>
  )
}

const PERCENT = 100
const DIGITS = 2

type Proved = {
  certificate: RoundCertificate
  /** True on paper. */
  open?: boolean
}

/** The proof in plain words: nothing shelters more, or how much may be missing where somebody stopped the first pass. */
export function Certificate({ certificate: { passes, complete }, open = false }: Proved) {
  const t = useTranslations('rounds.certificate')
  const [first] = passes
  if (first && first.gap > 0 && first.assigned > 0) {
    return <Notice tone="needs-you">{t('unproved', { percent: (first.gap * PERCENT).toFixed(DIGITS) })}</Notice>
  }
  // the last pass finds nobody: that is how it is known to be the last
  const finding = passes.filter(({ gap, assigned }) => gap === 0 && assigned > 0)
  if (finding.length === 0) return <Notice tone="info">{t(complete ? 'nothing' : 'early')}</Notice>
  return <Checked passes={passes} finding={finding.length} complete={complete} open={open} />
}

function Checked({ passes, finding, complete, open }: Omit<RoundCertificate, 'gap'> & { finding: number; open: boolean }) {
  const t = useTranslations('rounds.certificate')
  const edges = passes.reduce((sum, pass) => sum + pass.edges, 0)
  const words = [t('oneRun'), t('pairs', { edges }), t(complete ? 'together' : 'cut'), t('rest')]
  return (
    <Notice tone="ok" title={t('title')}>
      <p>{finding === 1 ? t('provedOnce') : t('proved', { passes: finding })}</p>
      <details open={open} className="mt-1">
        <summary className="min-h-(--target) cursor-pointer content-center text-sm font-semibold text-primary">{t('exactly')}</summary>
        <ul className="ml-5 list-disc text-sm">
          {words.map((word) => <li key={word}>{word}</li>)}
        </ul>
      </details>
    </Notice>
  )
}
