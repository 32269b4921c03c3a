import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { buttonLook } from '@/components/ui/button-look'

type Props = { path: string; search: string; view: string }

/** Finds a party by code or nickname: a plain GET form. */
export function QueueSearch({ path, search, view }: Props) {
  const t = useTranslations('coordinate.queue')
  return (
    <form action={path} role="search" className="flex flex-wrap items-end gap-2">
      <label className="grid min-w-0 flex-1 basis-60 gap-1 text-sm">
        {t('search')}
        <input type="search" name="q" defaultValue={search} maxLength={60} autoComplete="off" className="control" />
      </label>
      <button type="submit" className={buttonLook({ look: 'secondary' })}>{t('searchGo')}</button>
      {search !== '' && (
        <Link href={`${path}?view=${view}`} prefetch={false} className="inline-flex min-h-(--target) items-center px-2">{t('searchOff')}</Link>
      )}
    </form>
  )
}
