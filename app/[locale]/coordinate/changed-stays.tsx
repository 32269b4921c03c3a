import { getTranslations } from 'next-intl/server'
import { Notice } from '@/components/ui/notice'
import { TextLink } from '@/components/ui/text-link'
import type { CoordinatorScope } from '@/lib/auth/session'
import { changedStays } from '@/lib/placements/queries/changed-stays'

/** Above everything else, and only when there is something: guests who were promised another household. */
export async function ChangedStays({ scope, path }: { scope: CoordinatorScope; path: string }) {
  const stays = await changedStays(scope)
  if (stays.length === 0) return null
  const t = await getTranslations('coordinate.queue.changed')
  return (
    <Notice tone="danger" title={t('title')}>
      <p>{t('text')}</p>
      <ul>
        {stays.map(({ placementId, code }) => (
          <li key={placementId}><TextLink href={`${path}/placements/${placementId}`}>{code}</TextLink></li>
        ))}
      </ul>
    </Notice>
  )
}
