import { useTranslations } from 'next-intl'
import type { Section } from '@/lib/rounds/rules/result'
import { RowLink } from './row-link'
import type { PartAsked } from './shapes'

/** Rows of one part on a page of its own. */
export const PART_ROWS = 200

/** The address of a page of a part; of the round itself where no part is asked for. */
export function partAddress(path: string, { part, skip }: PartAsked): string {
  return part === null ? path : `${path}?part=${part}&from=${String(skip + 1)}`
}

type Props = { section: Section; shown: number; count: number; path: string; asked: PartAsked }

/** Which rows of a part these are, and links to those before and after: everybody can be reached, without a script too. */
export function PartPages({ section, shown, count, path, asked: { part, skip } }: Props) {
  const t = useTranslations('rounds')
  const to = (first: number) => partAddress(path, { part: section, skip: first })
  if (part === null) return count > shown && <RowLink href={to(0)}>{t('more', { count })}</RowLink>
  const last = Math.floor((count - 1) / PART_ROWS) * PART_ROWS
  return (
    <nav aria-label={t('pages.label')} className="flex flex-wrap items-baseline gap-x-4">
      {shown > 0 && <p>{t('pages.shown', { from: String(skip + 1), until: String(skip + shown), count: String(count) })}</p>}
      {skip > 0 && <RowLink href={to(Math.max(0, Math.min(skip - PART_ROWS, last)))}>{t('pages.previous')}</RowLink>}
      {skip + shown < count && shown > 0 && <RowLink href={to(skip + shown)}>{t('pages.next')}</RowLink>}
      <RowLink href={path}>{t('pages.all')}</RowLink>
    </nav>
  )
}
