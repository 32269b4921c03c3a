import { useTranslations } from 'next-intl'
import type { NightState } from '@/lib/hosts/rules'

const HATCHED = 'bg-[repeating-linear-gradient(135deg,transparent_0_5px,var(--line)_5px_7px)]'

/** Border, filling and sign of a night: told apart without colour and in print. */
export const NIGHT_LOOKS: Record<NightState, { box: string; sign: string }> = {
  FREE: { box: 'border-2 border-solid border-ok bg-card text-ink', sign: '○' },
  HELD: { box: 'border-2 border-dashed border-needs bg-needs-soft text-ink', sign: '?' },
  TAKEN: { box: 'border-2 border-solid border-primary bg-primary text-on-primary', sign: '●' },
  NOT_OFFERED: { box: `border-2 border-solid border-transparent text-muted ${HATCHED}`, sign: '–' },
}

const STATES: readonly NightState[] = ['FREE', 'HELD', 'TAKEN', 'NOT_OFFERED']

/** What the signs of a calendar mean. */
export function NightLegend() {
  const t = useTranslations('host.nights')
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
      {STATES.map((state) => (
        <li key={state} className="flex items-center gap-2">
          <span aria-hidden="true" className={`grid size-8 place-items-center rounded-md text-sm font-semibold ${NIGHT_LOOKS[state].box}`}>
            {NIGHT_LOOKS[state].sign}
          </span>
          {t(`legend.${state}`)}
        </li>
      ))}
    </ul>
  )
}
