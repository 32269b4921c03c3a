import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'

/** Paths of the four screens, without the language. */
export const NEED_PATHS = ['/need', '/need/who', '/need/reach', '/need/check'] as const

/** One of the four screens: where we are, and the way back. */
export function NeedStep({ step, title, children }: { step: 1 | 2 | 3 | 4; title: string; children: ReactNode }) {
  const t = useTranslations('need')
  const locale = useLocale()
  const before = NEED_PATHS[step - 2]
  return (
    <>
      <div>
        <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 text-sm text-muted">
          <span>{t('step', { step })}</span>
          {before && (
            <Link
              href={`/${locale}${before}`}
              prefetch={false}
              className="inline-flex min-h-12 items-center gap-1 text-primary underline underline-offset-4"
            >
              <Icon name="arrow-left" />
              {t('back')}
            </Link>
          )}
        </div>
        <h1>{title}</h1>
      </div>
      {children}
    </>
  )
}
