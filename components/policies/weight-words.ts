import { useTranslations } from 'next-intl'
import { DEFAULT_POLICY } from '@/lib/matching/policy'

/** A policy's name; the one every city begins with has a word in each language. */
export function usePolicyName(): (name: string) => string {
  const t = useTranslations('policy')
  return (name) => (name === DEFAULT_POLICY.name ? t('first') : name)
}

const PERCENT = 100

/** A weight as people type it: shares are percents, everything else is whole. */
export function shownWeight(weight: string, value: number): number {
  return weight === 'unknownAnswerRate' ? Math.round(value * PERCENT) : value
}
