import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { buttonLook } from '@/components/ui/button-look'
import type { Change } from '@/lib/matching/changes'
import type { Explanation } from '@/lib/matching/explain'
import type { RoomOffer } from '@/lib/matching/types'
import { RoomLine, useRoomTitle } from './candidate-card'
import { MustHaves, Sentence, Wishes } from './reasons'
import type { Here, HomeKind, RoomName } from './shapes'
import { cityName, placeText, valueText } from './words'

/** A room one may ask about. */
export interface ChoosableRoom extends RoomName {
  id: string
  beds: number
  kind: HomeKind
  cityId: string
  districtId: string | null
}

/** The answer: the room, its explanation, and the best room's for comparison. */
export interface WhyNotAnswer {
  room: RoomOffer
  label: RoomName | undefined
  explanation: Explanation
  best: Explanation | null
}

type Props = { here: Here; rooms: readonly ChoosableRoom[]; limit: number; find: string; chosen: string; answer: WhyNotAnswer | null }

/** "Why not this one": pick any room of the cities, see what stands in its way and the smallest change that mends it. */
export function WhyNot({ here, rooms, limit, find, chosen, answer }: Props) {
  const t = useTranslations('coordinate.whyNot')
  return (
    <section aria-labelledby="why-not" className="grid gap-3">
      <h2 id="why-not">{t('title')}</h2>
      <p className="text-muted">{t('hint')}</p>
      <RoomForm here={here} rooms={rooms.slice(0, limit)} find={find} chosen={chosen} />
      {rooms.length > limit && <p className="text-sm text-muted">{t('cut', { count: limit })}</p>}
      {rooms.length === 0 && <p>{t('nothing')}</p>}
      {answer && <Answer answer={answer} />}
    </section>
  )
}

function RoomForm({ here, rooms, find, chosen }: Omit<Props, 'limit' | 'answer'>) {
  const t = useTranslations('coordinate.whyNot')
  const titleOf = useRoomTitle()
  const locale = useLocale()
  return (
    <form action={`${here.path}#why-not`} className="grid gap-3">
      {Object.entries(here.params).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <label className="grid gap-1 text-sm">
        {t('find')}
        <input type="search" name="find" defaultValue={find} maxLength={60} autoComplete="off" className="control" />
      </label>
      <label className="grid gap-1 text-sm">
        {t('room')}
        <select key={chosen} name="room" defaultValue={chosen} className="control">
          <option value="">{t('choose')}</option>
          {rooms.map((room) => (
            <option key={room.id} value={room.id}>{`${placeText({ ...room, locale })} · ${titleOf(room)} · ${String(room.beds)}`}</option>
          ))}
        </select>
      </label>
      <div><button type="submit" className={buttonLook({ look: 'secondary' })}>{t('ask')}</button></div>
    </form>
  )
}

function Answer({ answer: { room, label, explanation, best } }: { answer: WhyNotAnswer }) {
  const titleOf = useRoomTitle()
  return (
    <Card level={3} title={titleOf(label)}>
      <p className="text-muted"><RoomLine room={room} label={label} /></p>
      {explanation.fits ? <Fits explanation={explanation} best={best} /> : <FirstFailed explanation={explanation} />}
      <MustHaves mustHaves={explanation.mustHaves} />
      <Wishes wishes={explanation.wishes} />
      {explanation.fits && <Sentence best={explanation.best} worst={explanation.worst} />}
    </Card>
  )
}

function FirstFailed({ explanation: { firstFailed, mustHaves, smallestChange } }: { explanation: Explanation }) {
  const t = useTranslations('coordinate')
  const words = useTranslations('coordinate.candidates')
  const locale = useLocale()
  const changeText = useChangeText()
  const failed = mustHaves.find(({ rule }) => rule === firstFailed)
  if (!failed) return null
  const value = valueText({ of: failed.rule, values: failed.values, t: words, locale })
  const reason = t(`candidates.failed.${failed.rule}`)
  return (
    <Notice tone="needs-you" title={t('whyNot.verdictNo', { reason: value === null ? reason : `${reason} (${value})` })}>
      {smallestChange ? t('whyNot.mend', { change: changeText(smallestChange) }) : t('whyNot.noMend')}
    </Notice>
  )
}

/** A change in words, to stand behind "if". */
export function useChangeText() {
  const t = useTranslations('coordinate')
  const locale = useLocale()
  return (change: Change): string => {
    if (change.kind === 'HOST_AGREES') return t('whyNot.change.HOST_AGREES', { rule: t(`candidates.failed.${change.rule}`) })
    if (change.kind === 'OTHER_CITY') return t('whyNot.change.OTHER_CITY', { city: cityName(change.cityId, locale) })
    const { kind, ...counts } = change
    return t(`whyNot.change.${kind}`, counts)
  }
}

/** The wishes in which two rooms differ, largest difference first. */
function differences(one: Explanation, other: Explanation): { wish: string; points: number }[] {
  const pointsOf = new Map(other.wishes.map(({ wish, points }) => [wish, points]))
  return one.wishes
    .map(({ wish, points }) => ({ wish, points: points - (pointsOf.get(wish) ?? 0) }))
    .filter(({ points }) => points !== 0)
    .sort((left, right) => Math.abs(right.points) - Math.abs(left.points))
}

function Fits({ explanation, best }: { explanation: Explanation; best: Explanation | null }) {
  const t = useTranslations('coordinate')
  const behind = best ? best.score - explanation.score : 0
  const lines = best ? differences(explanation, best) : []
  const verdict = t('whyNot.verdictYes', { score: explanation.score, maximum: explanation.maximum })
  return (
    <Notice tone="ok" title={verdict}>
      <p>{behind > 0 ? t('whyNot.behind', { points: behind }) : t(lines.length === 0 ? 'whyNot.lead' : 'whyNot.equal')}</p>
      {lines.map(({ wish, points }) => (
        <p key={wish}>{t('whyNot.differs', { wish: t(`candidates.wish.${wish}`), points: points > 0 ? `+${String(points)}` : String(points) })}</p>
      ))}
    </Notice>
  )
}
