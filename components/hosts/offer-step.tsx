import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Icon } from '@/components/ui/icon'
import { OFFER_STEPS, type OfferStep } from '@/lib/hosts/rules'

/** Path of a screen of the offer, without the language. */
export function stepPath(step: OfferStep): string {
  return step === 'what' ? '/host/offer' : `/host/offer/${step}`
}

/** One screen of the offer: where we are, the way back, one question. */
export function OfferScreen({ step, children }: { step: OfferStep; children: ReactNode }) {
  const t = useTranslations('host.offer')
  const locale = useLocale()
  const index = OFFER_STEPS.indexOf(step)
  const before = OFFER_STEPS[index - 1]
  return (
    <>
      <div className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 text-sm text-muted">
        <span>{t('step', { n: index + 1, count: OFFER_STEPS.length })}</span>
        {before && (
          <Link
            href={`/${locale}${stepPath(before)}`}
            prefetch={false}
            className="inline-flex min-h-12 items-center gap-1 text-primary underline underline-offset-4"
          >
            <Icon name="arrow-left" />
            {t('back')}
          </Link>
        )}
      </div>
      {children}
    </>
  )
}
