import { useTranslations } from 'next-intl'
import { ProgressSteps } from '@/components/ui/progress-steps'
import type { Stage } from '@/lib/arrivals/rules/stay'

const STEPS = ['received', 'searching', 'proposed', 'confirmed', 'arrived'] as const

/** Which step is being waited for at each stage; all before it are done. */
const CURRENT: Record<Stage, number> = { SEARCHING: 1, PROPOSED: 2, WAITING_HOST: 3, AWAITS_LEAD: 3, CONFIRMED: 4, ARRIVED: 5, ENDED: 5 }

/** The way from asking to a door that opens. */
export function StaySteps({ stage }: { stage: Stage }) {
  const t = useTranslations('stay.steps')
  const ui = useTranslations('ui.steps')
  const current = CURRENT[stage]
  return (
    <ProgressSteps
      label={ui('label')}
      words={{ done: ui('done'), current: ui('current'), ahead: ui('ahead') }}
      steps={STEPS.map((key, index) => ({
        key, label: t(key), state: index < current ? 'done' : index === current ? 'current' : 'ahead',
      }))}
    />
  )
}
