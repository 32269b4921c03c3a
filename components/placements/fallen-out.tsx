import { useTranslations } from 'next-intl'
import type { Mismatch } from '@/lib/matching/eligibility'

type Props = { counts: { rooms: number; fitting: number; fallenOut: Readonly<Record<Mismatch, number>> } }

/** Why the other rooms of the cities fell out, each counted once by its most final rule; the largest count first. */
export function FallenOut({ counts: { rooms, fitting, fallenOut } }: Props) {
  const t = useTranslations('coordinate.candidates')
  const lines = Object.entries(fallenOut).filter(([, count]) => count > 0).sort(([, one], [, other]) => other - one)
  if (lines.length === 0) return null
  return (
    <section aria-labelledby="fallen" className="grid gap-2">
      <h2 id="fallen">{t('fallen')}</h2>
      <p className="text-muted">{t('fallenCounted', { rooms, fitting })}</p>
      <ul className="grid gap-1 pl-5">
        {lines.map(([rule, count]) => (
          <li key={rule} className="list-disc">{t('fallenLine', { count, reason: t(`failed.${rule}`) })}</li>
        ))}
      </ul>
    </section>
  )
}
