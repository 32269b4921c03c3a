import { useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Qr } from '@/components/ui/qr'
import { CopyButton } from './copy-button'

type Props = {
  /** Spoken code such as `K7-R2M`. */
  code: string
  /** The secret link, whole. */
  link: string
  look?: 'plain' | 'lit'
}

/** Code to say, link to keep, QR for another phone. */
export function CodeCard({ code, link, look = 'plain' }: Props) {
  const t = useTranslations('stay.code')
  const letters = useTranslations('stay.letters')
  const spelling = Array.from(code.replace('-', ''), (letter) => letters(letter)).join(' · ')
  return (
    <Card title={t('heading')} look={look}>
      <div>
        <p className="text-4xl font-semibold tracking-wider">{code}</p>
        <p className="text-muted">{spelling}</p>
      </div>
      <p className="text-sm text-muted">{t('hint')}</p>
      <div className="grid gap-2">
        <h3>{t('link')}</h3>
        <p className="rounded-md bg-page p-3 font-mono text-xs break-all select-all">{link}</p>
        <p className="text-sm text-muted">{t('linkHint')}</p>
        <CopyButton text={link} label={t('copy')} doneLabel={t('copied')} />
      </div>
      <Qr text={link} label={t('qr')} size={176} />
    </Card>
  )
}
