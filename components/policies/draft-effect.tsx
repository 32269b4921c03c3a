import { useTranslations } from 'next-intl'
import { usePlaceWords, type Place } from '@/components/records/place-words'
import { Card } from '@/components/ui/card'
import { FactsList } from '@/components/ui/facts-list'
import { Table } from '@/components/ui/table'
import type { WeightChange } from '@/lib/policies/rules'
import { shownWeight } from './weight-words'

/** Somebody who waits, as the queue names them. */
export interface EffectParty {
  id: string
  code: string
  nickname: string
}

/** Somebody who waits, with the place in the queue now and as it would be; places count from 1. */
interface MovedPlace extends EffectParty {
  before: number
  after: number
}

/** A room for somebody, with its points. */
export interface EffectRoom extends Place {
  roomId: string
  name: string
  score: number
  maximum: number
}

/** The best rooms for somebody, under both. */
export interface EffectRooms {
  party: EffectParty
  now: readonly EffectRoom[]
  then: readonly EffectRoom[]
}

/** Which weights differ, with both values. */
export function WeightChanges({ changes }: { changes: readonly WeightChange[] }) {
  const t = useTranslations('policy')
  const facts = changes.map(({ weight, from, to }) => ({
    key: weight,
    name: t(`weight.${weight}.label`),
    value: t('changes.line', { from: shownWeight(weight, from), to: shownWeight(weight, to) }),
  }))
  return (
    <Card title={t('changes.title')}>
      {facts.length === 0 ? <p>{t('changes.none')}</p> : <FactsList facts={facts} />}
    </Card>
  )
}

/** The top of the queue as it would be, with the place everybody has now. */
export function MovedPlaces({ places }: { places: readonly MovedPlace[] }) {
  const t = useTranslations('policy.places')
  return (
    <section className="grid gap-3">
      <h2>{t('title')}</h2>
      <p className="max-w-[66ch] text-sm text-muted">{t('hint')}</p>
      <Table
        caption={t('title')}
        rows={[...places]}
        rowKey={({ id }) => id}
        empty={t('none')}
        columns={[
          { key: 'party', head: t('party'), heading: true, cell: (place) => <Party {...place} /> },
          { key: 'now', head: t('now'), align: 'end', cell: ({ before }) => before },
          { key: 'then', head: t('then'), align: 'end', cell: ({ after }) => after },
        ]}
      />
    </section>
  )
}

function Party({ code, nickname, before, after }: MovedPlace) {
  return (
    <span className="whitespace-normal">
      {code} · {nickname}
      <span className="block font-normal text-muted"><Moved before={before} after={after} /></span>
    </span>
  )
}

function Moved({ before, after }: { before: number; after: number }) {
  const t = useTranslations('policy.places')
  if (before === after) return t('same')
  return before > after ? `↑ ${t('up', { count: before - after })}` : `↓ ${t('down', { count: after - before })}`
}

/** The best rooms for a few who wait, side by side. */
export function RoomsSideBySide({ examples }: { examples: readonly EffectRooms[] }) {
  const t = useTranslations('policy.rooms')
  return (
    <section className="grid gap-3">
      <h2>{t('title')}</h2>
      <p className="max-w-[66ch] text-sm text-muted">{examples.length === 0 ? t('none') : t('hint')}</p>
      {examples.map(({ party, now, then }) => (
        <Card key={party.id} title={`${party.code} · ${party.nickname}`} level={3}>
          <div className="grid gap-4 sm:grid-cols-2">
            <Rooms title={t('now')} rooms={now} />
            <Rooms title={t('then')} rooms={then} />
          </div>
          {isSameOrder(now, then) && <p className="text-sm text-muted">{t('same')}</p>}
        </Card>
      ))}
    </section>
  )
}

function isSameOrder(now: readonly EffectRoom[], then: readonly EffectRoom[]): boolean {
  return now.length === then.length && now.every(({ roomId }, index) => then[index]?.roomId === roomId)
}

function Rooms({ title, rooms }: { title: string; rooms: readonly EffectRoom[] }) {
  const t = useTranslations('policy.rooms')
  const placeWords = usePlaceWords()
  return (
    <div>
      <h4 className="text-sm font-medium text-muted">{title}</h4>
      <ol className="grid list-decimal gap-1 pl-6">
        {rooms.map((room) => (
          <li key={room.roomId}>
            {placeWords(room)}, {room.name}
            <span className="block text-sm text-muted">{t('points', { score: room.score, maximum: room.maximum })}</span>
          </li>
        ))}
      </ol>
    </div>
  )
}
