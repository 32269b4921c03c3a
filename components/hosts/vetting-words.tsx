import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import type { HostState } from '@/lib/hosts/schema'

type Props = { state: HostState; wasVetted: boolean; visited: boolean; references: number }

/** Where the acquaintance stands, in words. A vetted host needs no notice. */
export function VettingWords({ state, wasVetted, visited, references }: Props) {
  const t = useTranslations('host.vetting')
  if (state === 'VETTED') return null
  if (state === 'BLOCKED') return <Notice tone="danger" title={t('BLOCKED.title')}>{t('BLOCKED.text')}</Notice>
  const words = wasVetted ? 'OVER' : state
  return (
    <Notice tone="info" title={t(`${words}.title`)}>
      <p>{t(`${words}.text`)}</p>
      <p>
        {visited ? t('visitDone') : t('visitAhead')} {t('references', { done: Math.min(references, 2) })}
      </p>
    </Notice>
  )
}
