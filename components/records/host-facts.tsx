import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { FactsList, type Fact } from '@/components/ui/facts-list'
import type { HomeKind } from '@/lib/hosts/schema'
import { usePlaceWords } from './place-words'

export type HouseholdFacts = {
  womenOnlyHousehold: boolean
  womenOnlyGuests: boolean
  childrenHere: boolean
  childrenWelcome: boolean
  animalsHere: boolean
  animalsWelcome: boolean
  smoking: boolean
  languages: readonly string[]
}

const SEEN = [
  'womenOnlyHousehold', 'womenOnlyGuests', 'childrenHere', 'childrenWelcome', 'animalsHere', 'animalsWelcome', 'smoking',
] as const

/** What the host says of the household: the list a visit goes through. */
export function HouseholdCard({ facts }: { facts: HouseholdFacts }) {
  const t = useTranslations('coordinate.hosts')
  const languageName = new Intl.DisplayNames([useLocale()], { type: 'language' })
  const list: Fact[] = SEEN.map((key) => ({ key, name: t(key), value: facts[key] ? t('yes') : t('no') }))
  const languages = facts.languages.map((code) => languageName.of(code) ?? code).join(', ')
  return (
    <Card title={t('facts')}>
      <p className="text-muted">{t('factsHint')}</p>
      <FactsList facts={[...list, { key: 'languages', name: t('languages'), value: languages || t('notSaid') }]} />
    </Card>
  )
}

export type SeenHome = {
  kind: HomeKind
  cityId: string
  districtId: string | null
  stepFree: boolean
  ownEntrance: boolean
  houseRules: string | null
  hasAddress: boolean
  rooms: { id: string; name: string; sleeps: number; sharedHall: boolean; quiet: boolean; privateBath: boolean; inService: boolean }[]
}

function Rooms({ rooms }: { rooms: SeenHome['rooms'] }) {
  const t = useTranslations('coordinate.hosts')
  return (
    <ul className="grid gap-1">
      {rooms.map((room) => {
        const extras = (['sharedHall', 'quiet', 'privateBath'] as const).filter((extra) => room[extra]).map((extra) => t(extra))
        const words = [t('room', { name: room.name, beds: room.sleeps }), ...extras, ...(room.inService ? [] : [t('outOfService')])]
        return <li key={room.id}>{words.join(', ')}</li>
      })}
    </ul>
  )
}

/** One home with its rooms. The address stays closed: only whether there is one. `tellsVisit`: nobody has seen it, and nothing else on the page says so. */
export function HomeCard({ home, tellsVisit }: { home: SeenHome; tellsVisit: boolean }) {
  const t = useTranslations('coordinate.hosts')
  const placeWords = usePlaceWords()
  const yesNo = (yes: boolean) => (yes ? t('yes') : t('no'))
  return (
    <Card title={placeWords(home)}>
      {tellsVisit && <Notice tone="needs-you" title={t('toVisit')}>{t('toVisitText')}</Notice>}
      <Rooms rooms={home.rooms} />
      <FactsList
        facts={[
          { key: 'stepFree', name: t('stepFree'), value: yesNo(home.stepFree) },
          { key: 'ownEntrance', name: t('ownEntrance'), value: yesNo(home.ownEntrance) },
          { key: 'address', name: t('address'), value: home.hasAddress ? t('addressGiven') : t('addressMissing') },
          { key: 'rules', name: t('houseRules'), value: home.houseRules ?? t('notSaid') },
        ]}
      />
    </Card>
  )
}
