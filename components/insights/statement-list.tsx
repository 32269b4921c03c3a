import { useTranslations } from 'next-intl'
import { Badge } from '@/components/ui/badge'
import { Hidden } from '@/components/ui/hidden'
import { Icon } from '@/components/ui/icon'

/** Every statement there is, in the order of the checks; the words for each stand in the catalog. */
const STATEMENTS = ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7', 'I8', 'I9', 'I10', 'I11', 'I12'] as const

type Found = { violations: number | undefined }

function Sign({ violations }: Found) {
  if (violations === undefined) return <Icon name="minus" size={22} className="mt-0.5 text-muted" />
  if (violations === 0) return <Icon name="check" size={22} className="mt-0.5 text-ok" />
  return <Icon name="alert" size={22} className="mt-0.5 text-needs" />
}

/** The word for the sign. What holds is the rule: there the sign is enough for whoever sees it. */
function Answer({ violations }: Found) {
  const t = useTranslations('proof.statements')
  if (violations === undefined) return <Badge>{t('unknown')}</Badge>
  if (violations === 0) return <Hidden>{t('holds')}</Hidden>
  return <Badge tone="needs-you">{t('violated', { count: violations })}</Badge>
}

/** What is checked, in plain words, and what the last check found of each. A statement nobody asked says so. */
export function StatementList({ results }: { results: { id: string; violations: number }[] }) {
  const t = useTranslations('proof.statements')
  const found = new Map(results.map(({ id, violations }) => [id, violations]))
  return (
    <ul className="grid divide-y divide-line">
      {STATEMENTS.map((id) => (
        <li key={id} className="grid grid-cols-[auto_1fr] gap-x-3 py-3 first:pt-0 last:pb-0">
          <Sign violations={found.get(id)} />
          <span className="grid justify-items-start gap-2">
            {t(id)} <Answer violations={found.get(id)} />
          </span>
        </li>
      ))}
    </ul>
  )
}
