import type { ReactNode } from 'react'
import { Hidden } from './hidden'
import { Icon } from './icon'

export type Step = {
  key: string
  label: ReactNode
  state: 'done' | 'current' | 'ahead'
  /** One line under a step: when it happened, or what comes next. */
  note?: ReactNode
}

type Props = {
  label: string
  steps: Step[]
  /** Words read out for each state: done, now, ahead. */
  words: { done: string; current: string; ahead: string }
}

/** The way from asking to a door that opens; the current step is lit. */
export function ProgressSteps({ label, steps, words }: Props) {
  return (
    <ol aria-label={label} className="grid">
      {steps.map((step, index) => (
        <li
          key={step.key}
          aria-current={step.state === 'current' ? 'step' : undefined}
          className="relative grid grid-cols-[28px_1fr] gap-x-3 pb-5 last:pb-0"
        >
          {index < steps.length - 1 && (
            <span
              aria-hidden="true"
              className={`absolute top-7 bottom-0 left-[13px] w-0.5 ${step.state === 'done' ? 'bg-primary' : 'bg-line'}`}
            />
          )}
          <StepMark state={step.state} />
          <div className={step.state === 'current' ? 'font-semibold' : step.state === 'ahead' ? 'text-muted' : ''}>
            {step.label}
            <Hidden> ({words[step.state]})</Hidden>
            {step.note && <div className="text-sm font-normal text-muted">{step.note}</div>}
          </div>
        </li>
      ))}
    </ol>
  )
}

const MARKS: Record<Step['state'], string> = {
  done: 'border-primary bg-primary text-on-primary',
  current: 'border-primary bg-glow shadow-[0_0_0_5px_var(--primary-soft)]',
  ahead: 'border-control bg-card',
}

function StepMark({ state }: { state: Step['state'] }) {
  return (
    <span aria-hidden="true" className={`grid size-7 place-items-center rounded-full border-2 ${MARKS[state]}`}>
      {state === 'done' && <Icon name="check" size={16} />}
    </span>
  )
}
