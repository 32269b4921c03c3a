import { useLocale, useTranslations } from 'next-intl'
import { Card } from '@/components/ui/card'
import { Notice } from '@/components/ui/notice'
import { LinkButton } from '@/components/ui/link-button'
import { tellsVisit } from '@/lib/hosts/rules'
import type { HostState } from '@/lib/hosts/schema'
import type { Locale } from '@/lib/i18n/routing'
import { findCity, findDistrict, placeName } from '@/lib/places/places'
import { NightLegend } from './night-look'
import { NightStrip, type StripRow } from './night-strip'

type Home = { id: string; kind: string; cityId: string; districtId: string | null; hasAddress: boolean; toVisit: boolean; rooms: StripRow[] }

/** Every home of a host with two weeks of its rooms. */
export function HomeStrips({ state, homes }: { state: HostState; homes: Home[] }) {
  const t = useTranslations('host.page')
  const kinds = useTranslations('host.offer.what')
  const locale = useLocale() as Locale
  return (
    <section className="grid min-w-0 grid-cols-1 gap-4">
      <h2>{t('rooms')}</h2>
      <NightLegend />
      {homes.map((home) => {
        const places = [findCity(home.cityId), home.districtId === null ? undefined : findDistrict(home.districtId)]
        const where = places.flatMap((place) => (place ? [placeName(place, locale)] : [])).join(', ')
        return (
          <Card key={home.id} level={3} title={kinds(`kind.${home.kind}`)} over={where}>
            {tellsVisit({ state, homes }, home) && <Notice tone="info">{t('toVisit')}</Notice>}
            {home.rooms.length > 0 && <NightStrip caption={t('strip', { where })} rows={home.rooms} />}
            {!home.hasAddress && <p className="text-muted">{t('addressLater')}</p>}
            <div>
              <LinkButton href={`/${locale}/host/homes/${home.id}`} look="secondary">{t('openHome')}</LinkButton>
            </div>
          </Card>
        )
      })}
    </section>
  )
}
