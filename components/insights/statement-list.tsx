import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'

/** Every statement there is, in the order of the checks; the words for each stand in the catalog. */
const STATEMENTS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12'] as const

function Answer({ violations }: { violations: number | undefined }) {
  const t = useTranslations('proof.statements')
  if (violations === undefined) return <Badge icon="minus">{t('unknown')}</Badge>
  if (violations === 0) return <Badge tone="ok" icon="check">{t('holds')}</Badge>
  return <Badge tone="needs-you" icon="alert">{t('violated', { count: violations })}</Badge>
}

/** What is checked, in plain words, and what the last check found of each. A statement nobody asked says so. */
export function StatementList({ results }: { results: { id: string; violations: number }[] }) {
  const t = useTranslations('proof.statements')
  const found = new Map(results.map(({ id, violations }) => [id, violations]))
  return (
    <ul className="grid divide-y divide-line">
      {STATEMENTS.map((id) => (
        <li key={id} className="grid gap-2 py-3 first:pt-0 last:pb-0 sm:grid-cols-[1fr_auto] sm:gap-x-6">
          <span>{t(id)}</span>
          <span className="justify-self-start sm:justify-self-end"><Answer violations={found.get(id)} /></span>
        </li>
      ))}
    </ul>
  )
}
