import { useTranslations } from 'next-intl'
import { MustHaves, Sentence, Wishes } from '@/components/placements/reasons'
import type { Explanation } from '@/lib/matching/explain'
import { usePlaceText } from './place-lines'
import { RowLink } from './row-link'
import type { Names, Reasons } from './shapes'

/** Why this place, leg by leg: what must hold, the wishes with their points, one sentence. `close`: the address without it. */
export function ReasonsFold({ reasons, names, close }: { reasons: Reasons; names: Names; close: string }) {
  const t = useTranslations('rounds.row')
  const textOf = usePlaceText()
  return (
    <div className="grid gap-3 rounded-lg border border-line bg-page p-3">
      <p className="text-sm text-muted">{t('asNow')}</p>
      {reasons.legs.map(({ roomId, explanation }, index) => (
        <div key={`${String(index)} ${roomId}`} className="grid gap-2">
          {reasons.legs.length > 1 && <p className="text-sm font-semibold">{textOf(names.places.get(roomId))}</p>}
          {explanation ? <Explained explanation={explanation} /> : <p>{t('gone')}</p>}
        </div>
      ))}
      <RowLink href={close}>{t('hide')}</RowLink>
    </div>
  )
}

function Explained({ explanation }: { explanation: Explanation }) {
  return (
    <>
      <Sentence best={explanation.best} worst={explanation.worst} />
      <div className="grid gap-4 lg:grid-cols-2">
        <MustHaves mustHaves={explanation.mustHaves} />
        <Wishes wishes={explanation.wishes} />
      </div>
    </>
  )
}
