import { useLocale, useTranslations } from 'next-intl'
import { nightsText, placeText } from '@/components/placements/words'
import { Icon } from '@/components/ui/icon'
import type { StoredLeg } from '@/lib/rounds/schema'
import type { Names, PlaceName } from './shapes'

/** "Room by the garden · home 3F2A · flat · Almaty, Medeu". */
export function usePlaceText() {
  const t = useTranslations('coordinate.candidates')
  const locale = useLocale()
  return (place: PlaceName | undefined) =>
    place ? [place.name, t('home', { code: place.homeCode }), t(`kind.${place.kind}`), placeText({ ...place, locale })].join(' · ') : ''
}

type Props = { legs: readonly StoredLeg[]; names: Names; kind: 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP' }

/** Where and when, a line for each room: in the order of the nights, each member of a group by name. */
export function PlaceLines({ legs, names, kind }: Props) {
  const t = useTranslations('rounds.row')
  const candidates = useTranslations('coordinate.candidates')
  const locale = useLocale()
  const textOf = usePlaceText()
  return (
    <ul className="grid gap-1.5">
      {legs.map((leg) => {
        const party = names.parties.get(leg.arrivalId)
        return (
          <li key={`${leg.arrivalId} ${leg.roomId} ${leg.from}`} className="flex max-w-none items-baseline gap-2 text-sm">
            <Icon name="bed" size={18} className="translate-y-1 text-muted" />
            <span className="min-w-0 flex-1">
              {kind === 'GROUP' && party && <strong>{t('member', { code: party.code, nickname: party.nickname })}: </strong>}
              {kind === 'SEVERAL_ROOMS' ? candidates('share', { room: textOf(names.places.get(leg.roomId)), adults: leg.adults, children: leg.childrenAges.length })
                : textOf(names.places.get(leg.roomId))}
              <span className="whitespace-nowrap text-muted"> · {nightsText(leg, locale)}</span>
              {leg.later > 0 && <span className="block text-muted">{t('later', { count: leg.later })}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
