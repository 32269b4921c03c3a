import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import type { FormAction } from '@/lib/actions/state'
import type { RoundStep } from '@/lib/matching/round-types'
import { percentDone } from '@/lib/rounds/rules/result'
import { LiveRefresh } from './live-refresh'
import { durationText } from './words'

/** How far a round is. `step`: `null` while it waits its turn. */
export interface Progress {
  step: RoundStep | null
  stepDone: number
  stepOf: number
  placed: number
  /** Since it was started. */
  seconds: number
  stopAsked: boolean
}

type Props = { progress: Progress; roundId: string; here: string; stop: FormAction; formKey: string }

/** Without a script the page is read anew this often. */
const RELOAD_SECONDS = '3'
/** A worker that lives takes a round within a second or two. */
const SLOW_SECONDS = 15
const SPOKEN_PERCENT = 10

/** A round that goes on: how far in words and as a bar, people placed so far, and the button that ends it with what it has. */
export function ProgressCard({ progress, roundId, here, stop, formKey }: Props) {
  const t = useTranslations('rounds')
  const { step, stepDone, stepOf, placed, seconds, stopAsked } = progress
  const percent = percentDone({ step, done: stepDone, of: stepOf })
  const spoken = percent - (percent % SPOKEN_PERCENT)
  return (
    <Card look="lit" title={t('progress.title')}>
      <LiveRefresh />
      <noscript><meta httpEquiv="refresh" content={RELOAD_SECONDS} /></noscript>
      <p className="text-lg">{stepText(t, progress)}</p>
      <Bar percent={percent} name={t('progress.title')} />
      <ul className="grid gap-x-6 gap-y-1 sm:grid-cols-3">
        <li>{t('progress.bar', { percent })}</li>
        <li className="font-semibold">{t('progress.placed', { count: placed })}</li>
        <li>{t('progress.elapsed', { time: durationText(seconds, t) })}</li>
      </ul>
      {/* every ten percent only: a screen reader is not talked over */}
      <p role="status" className="sr-only">{spoken > 0 && t('progress.announce', { percent: spoken, count: placed })}</p>
      {step === null && seconds >= SLOW_SECONDS && <Notice tone="needs-you">{t('progress.slow')}</Notice>}
      {stopAsked ? <Notice tone="info">{t('progress.stopping')}</Notice> : <StopForm roundId={roundId} stop={stop} formKey={formKey} />}
      <p className="text-sm text-muted">
        {t('progress.leave')} <Link href={here} prefetch={false}>{t('progress.reload')}</Link>
      </p>
    </Card>
  )
}

function stepText(t: ReturnType<typeof useTranslations<'rounds'>>, { step, stepDone, stepOf }: Progress): string {
  return t(`progress.step.${step ?? 'WAITING'}`, { done: stepDone, of: stepOf })
}

/** Drawn by us: the browser's own has colours of its own. */
function Bar({ percent, name }: { percent: number; name: string }) {
  return (
    <div role="progressbar" aria-label={name} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} className="h-3 overflow-hidden rounded-full bg-line">
      <div className="bar-fill h-full rounded-full bg-primary transition-[width] duration-700 motion-reduce:transition-none" style={{ width: `${String(percent)}%` }} />
    </div>
  )
}

function StopForm({ roundId, stop, formKey }: Pick<Props, 'roundId' | 'stop' | 'formKey'>) {
  const t = useTranslations('rounds.progress')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={stop} formKey={formKey} label={t('stop')}>
      <input type="hidden" name="roundId" value={roundId} />
      <div><SubmitButton look="secondary" pendingLabel={ui('sending')}>{t('stop')}</SubmitButton></div>
    </ActionForm>
  )
}
