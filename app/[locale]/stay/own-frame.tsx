import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { IdleCover } from '@/components/stay/idle-cover'
import { stayMark } from '@/lib/auth/session'
import { newFormKey } from '@/lib/privacy/secret'
import { PublicFrame } from '../frames'
import { showAgainAction } from './actions'

/** Wraps a page that shows somebody's own request: it covers itself when nobody touches it; `below` stays in sight. */
export async function OwnFrame({ children, below }: { children: ReactNode; below?: ReactNode }) {
  const t = await getTranslations('stay.cover')
  const ui = await getTranslations('ui')
  const words = { heading: t('heading'), text: t('text'), code: t('code'), show: t('show'), sending: ui('loading') }
  return (
    <PublicFrame>
      <IdleCover mark={await stayMark()} action={showAgainAction} formKey={newFormKey()} words={words}>{children}</IdleCover>
      {below}
    </PublicFrame>
  )
}
