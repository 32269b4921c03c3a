import { useTranslations } from 'next-intl'
import { Notice } from '@/components/ui/notice'

/** In place of the address, while the household is not the one the guest counted on: what is known, and who to talk to. */
export function ChangedNotice({ phone }: { phone: string | null }) {
  const t = useTranslations('stay')
  return (
    <Notice tone="needs-you" title={t('changed.title')}>
      <p>{t('changed.text')}</p>
      {phone !== null && <p className="mt-2 font-semibold">{t('queue.desk', { phone })}</p>}
    </Notice>
  )
}
