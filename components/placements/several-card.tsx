import { useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Icon } from '@/components/ui/icon'
import { Propose, RoomLine, useRoomTitle } from './candidate-card'
import type { RoomNames, SeveralPlan } from './shapes'

/** A party over several rooms of one home: one plan, one approval, every room of it or none. */
export function SeveralCard({ plan, names, backup }: { plan: SeveralPlan; names: RoomNames; backup: boolean }) {
  const t = useTranslations('coordinate.candidates')
  const titleOf = useRoomTitle()
  const { shares } = plan
  const [first] = shares
  if (!first) return null
  const label = names.get(first.room.id)
  const home = label ? t('home', { code: label.homeCode }) : ''
  return (
    <Card level={3} title={home}>
      <p className="text-muted">
        <RoomLine room={{ ...first.room, beds: shares.reduce((sum, { room }) => sum + room.beds, 0) }} label={label} />
      </p>
      <ul className="grid gap-1">
        {shares.map(({ room, adults, childrenAges }) => (
          <li key={room.id} className="flex items-baseline gap-2">
            <Icon name="bed" size={18} className="translate-y-1 text-muted" />
            {t('share', { room: names.get(room.id)?.name ?? '', adults, children: childrenAges.length })}
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">
        {shares.some(({ childrenAges }) => childrenAges.length > 0) && `${t('childrenBeside')} `}
        {t('spared', { count: plan.sparedBeds })}
      </p>
      {!backup && <Propose choice={[plan.nights.from, ...shares.map(({ room }) => room.id)].join('_')} room={titleOf(label)} look="secondary" />}
    </Card>
  )
}
