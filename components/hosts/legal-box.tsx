import { useLocale, useTranslations } from 'next-intl'
import { formatDay } from '@/components/ui/time-words'
import { Icon } from '@/components/ui/icon'

/** What the law asks of a host, in plain words, with the day it was read. */
export function LegalBox({ country, version }: { country: 'KZ' | 'KG'; version: string }) {
  const t = useTranslations('host.legal')
  const read = formatDay({ day: version, locale: useLocale(), style: 'dated' })
  return (
    <section className="grid gap-2 rounded-xl border border-control bg-card p-5">
      <h2 className="flex items-center gap-2">
        <Icon name="info" size={24} className="text-info" />
        {t('title')}
      </h2>
      <p className="font-semibold">{t(`${country}.duty`)}</p>
      <p>{t(`${country}.how`)}</p>
      <p>{t('ours')}</p>
      <p className="text-sm text-muted">{t('version', { version: read })}</p>
    </section>
  )
}

const PRINCIPLES = ['one', 'two', 'three', 'four', 'five', 'six'] as const

/** The six principles every host accepts. */
export function RulesBox({ version }: { version: string }) {
  const t = useTranslations('host.rules')
  const since = formatDay({ day: version, locale: useLocale(), style: 'dated' })
  return (
    <section className="grid gap-2 rounded-xl border border-control bg-card p-5">
      <h2>{t('title')}</h2>
      <ol className="grid list-decimal gap-1.5 pl-6">
        {PRINCIPLES.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ol>
      <p className="text-sm text-muted">{t('version', { version: since })}</p>
    </section>
  )
}
