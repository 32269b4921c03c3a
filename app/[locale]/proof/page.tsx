import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { LastCheck } from '@/components/insights/last-check'
import { Numbers } from '@/components/insights/numbers'
import { SoakFacts } from '@/components/insights/soak-facts'
import { StatementList } from '@/components/insights/statement-list'
import { Card } from '@/components/ui/card'
import { readProof, type LastCheck as Check, type Proof } from '@/lib/insights/queries'
import { FEWEST_SHOWN } from '@/lib/insights/rules'
import { PublicFrame } from '../frames'

/** The page speaks of no town; its clock is the one most of its readers look at. */
const TIME_ZONE = 'Asia/Almaty'
const HOUR_MINUTES = 60
const DAY_HOURS = 24
/** From here on a wait is said in the next larger word. */
const SAID_IN = { hours: 90, days: 48 * HOUR_MINUTES }

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('proof'))('title') }
}

async function waitWords(minutes: number | null): Promise<string> {
  const t = await getTranslations('proof.people')
  if (minutes === null) return t('noWait')
  if (minutes < SAID_IN.hours) return t('minutes', { minutes })
  if (minutes < SAID_IN.days) return t('hours', { hours: Math.round(minutes / HOUR_MINUTES) })
  return t('days', { days: Math.round(minutes / HOUR_MINUTES / DAY_HOURS) })
}

async function People({ check }: { check: Check }) {
  const t = await getTranslations('proof.people')
  const number = new Intl.NumberFormat(await getLocale())
  const shown = (count: number | null) => (count === null ? t('few', { few: FEWEST_SHOWN }) : number.format(count))
  return (
    <section className="grid gap-4">
      <h2>{t('title')}</h2>
      <Numbers numbers={[
        { key: 'now', value: shown(check.peopleNow), label: t('now') },
        { key: 'ever', value: shown(check.peopleEver), label: t('ever') },
        { key: 'alive', value: shown(check.placementsAlive), label: t('alive') },
        { key: 'wait', value: await waitWords(check.waitMinutes), label: t('wait') },
      ]} />
      <p className="text-sm text-muted">{t('hidden', { few: FEWEST_SHOWN })}</p>
    </section>
  )
}

async function Soaked({ soak }: Pick<Proof, 'soak'>) {
  const t = await getTranslations('proof.soak')
  return (
    <section className="grid gap-4">
      <h2>{t('title')}</h2>
      <p>{t('intro')}</p>
      {soak === null ? <p className="text-muted">{t('none')}</p> : <SoakFacts soak={soak} />}
    </section>
  )
}

/** For everybody: what the last check of all data found, how many people that is about, and what the product was put through. */
export default async function ProofPage() {
  const t = await getTranslations('proof')
  const { check, stoppedSince, soak, now } = await readProof()
  return (
    <PublicFrame>
      <h1>{t('title')}</h1>
      <p>{t('intro')}</p>
      <Card look="lit" title={t('check.title')}>
        {check === null ? <p>{t('check.none')}</p> : <LastCheck check={check} stoppedSince={stoppedSince} now={now} timeZone={TIME_ZONE} />}
      </Card>
      {check !== null && <People check={check} />}
      <Card title={t('statements.title')}>
        <StatementList results={check?.results ?? []} />
      </Card>
      <Soaked soak={soak} />
      <section className="grid gap-2">
        <h2>{t('limits.title')}</h2>
        <p>{t('limits.text')}</p>
      </section>
    </PublicFrame>
  )
}
