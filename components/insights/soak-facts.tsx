import { useLocale, useTranslations } from 'next-intl'
import { FactsList } from '@/components/ui/facts-list'
import { formatDay } from '@/components/ui/time-words'
import type { Soak } from '@/lib/insights/schema'
import { Numbers } from './numbers'

/** Seeds that are named on the page; the file has them all. */

/** Adds what the levels of a run counted; `undefined` when neither was run. */
function sum(...parts: (number | undefined)[]): number | undefined {
  const known = parts.filter((part) => part !== undefined)
  return known.length === 0 ? undefined : known.reduce((total, part) => total + part, 0)
}

/** The parts of a run that were run, as numbers in their order. */
function countsOf({ commands, http, ...soak }: Soak) {
  return {
    operations: sum(commands?.operations, http?.operations),
    acknowledged: sum(commands?.acknowledged, http?.acknowledged),
    kills: soak.postgresKills,
    webKills: soak.webKills,
    violations: soak.violations,
    lost: soak.lost,
    duplicated: soak.duplicated,
    sequences: soak.model?.sequences,
    pairs: soak.races?.pairs,
  }
}

/** The figures of the last full run of the fault harness that ships with the product. What was not run is not shown. */
export function SoakFacts({ soak }: { soak: Soak }) {
  const t = useTranslations('proof.soak')
  const locale = useLocale()
  const number = new Intl.NumberFormat(locale)
  const numbers = Object.entries(countsOf(soak)).flatMap(([key, value]) =>
    (value === undefined ? [] : [{ key, value: number.format(value), label: t(key) }]))
  const { naive } = soak
  return (
    <div className="grid gap-4">
      {numbers.length > 0 && <Numbers numbers={numbers} />}
      {naive?.violations !== undefined && naive.operations !== undefined && (
        <p>{t('naive', { violations: number.format(naive.violations), operations: number.format(naive.operations) })}</p>
      )}
      <FactsList facts={[
        { key: 'date', name: t('date'), value: formatDay({ day: soak.date, locale, style: 'dated' }) },
        ...(soak.commit === undefined ? [] : [{ key: 'commit', name: t('commit'), value: soak.commit.slice(0, 7) }]),
        ...(soak.seeds === undefined ? [] : [{ key: 'seeds', name: t('seeds'), value: String(soak.seeds.run) }]),
      ]} />
    </div>
  )
}
