import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'
import type { HostState } from '@/lib/hosts/schema'

/** Where the acquaintance stands, in words. A vetted host needs no notice. */
export function VettingWords({ state, visited, references }: { state: HostState; visited: boolean; references: number }) {
  const t = useTranslations('host.vetting')
  if (state === 'VETTED') return null
  if (state === 'BLOCKED') return <Notice tone="danger" title={t('BLOCKED.title')}>{t('BLOCKED.text')}</Notice>
  return (
    <Notice tone="info" title={t(`${state}.title`)}>
      <p>{t(`${state}.text`)}</p>
      <p>
        {visited ? t('visitDone') : t('visitAhead')} {t('references', { done: Math.min(references, 2) })}
      </p>
    </Notice>
  )
}
