import { useMessages, useTranslations } from 'next-intl'
import type { CheckWords } from './use-checked-form'

/** Sentences for a form that is checked in the browser: those of the server, by the same codes. */
export function useCheckWords(summary: string): CheckWords {
  const t = useTranslations('errors')
  const faults = useMessages()['errors'] as Record<string, string>
  return { summary, faults, unknown: t('INVALID') }
}
