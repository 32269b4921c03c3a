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

type Kind = 'SINGLE' | 'RELAY' | 'SEVERAL_ROOMS' | 'GROUP'
type Props = { legs: readonly StoredLeg[]; names: Names; kind: Kind }

/** The same as a line of words: of a group with whose place it is, of several rooms with who sleeps there. */
export function useLegText() {
  const t = useTranslations('rounds.row')
  const candidates = useTranslations('coordinate.candidates')
  const locale = useLocale()
  const textOf = usePlaceText()
  return (leg: StoredLeg, { names, kind }: { names: Names; kind: Kind }): string => {
    const party = kind === 'GROUP' ? names.parties.get(leg.arrivalId) : undefined
    const room = textOf(names.places.get(leg.roomId))
    const place = kind === 'SEVERAL_ROOMS' ? candidates('share', { room, adults: leg.adults, children: leg.childrenAges.length }) : room
    const later = leg.later > 0 ? [t('later', { count: leg.later })] : []
    return `${party ? `${t('member', { code: party.code, nickname: party.nickname })}: ` : ''}${[place, nightsText(leg, locale), ...later].join(' · ')}`
  }
}

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
              <span className="block text-muted sm:inline"><span className="max-sm:hidden"> · </span><span className="whitespace-nowrap">{nightsText(leg, locale)}</span></span>
              {leg.later > 0 && <span className="block text-muted">{t('later', { count: leg.later })}</span>}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
