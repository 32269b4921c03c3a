import { useTranslations } from 'next-intl'
import type { Mismatch } from '@/lib/matching/eligibility'

/** Why the other rooms fell out, counted by their most final rule; the largest count first. */
export function FallenOut({ counts }: { counts: Readonly<Partial<Record<Mismatch, number>>> }) {
  const t = useTranslations('coordinate.candidates')
  const lines = Object.entries(counts).filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="fallen" className="grid gap-2">
      <h2 id="fallen">{t('fallen')}</h2>
      <ul className="grid gap-1 pl-5">
        {lines.map(([rule, count]) => (
          <li key={rule} className="list-disc">{t('fallenLine', { count, reason: t(`failed.${rule}`) })}</li>
        ))}
      </ul>
    </section>
  )
}
