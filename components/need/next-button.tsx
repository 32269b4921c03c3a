import { useTranslations } from 'next-intl'
import { SubmitButton } from '@/components/ui/button'

/** The one button of a screen, at the bottom, full width. */
export function NextButton({ children }: { children?: string }) {
  const t = useTranslations('need')
  const ui = useTranslations('ui')
  return (
    <SubmitButton wide pendingLabel={ui('sending')}>
      {children ?? t('continue')}
    </SubmitButton>
  )
}
