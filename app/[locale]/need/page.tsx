import { getTranslations } from 'next-intl/server'
import { NextButton } from '@/components/need/next-button'
import { NeedStep } from '@/components/need/step'
import { WhereFields } from '@/components/need/where-fields'
import { ActionForm } from '@/components/ui/action-form'
import { readNeed } from '@/lib/arrivals/commands/draft'
import { currentGuest } from '@/lib/auth/session'
import { FRONT_CITIES, findCity } from '@/lib/places/places'
import { newFormKey } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { PublicFrame } from '../frames'
import { keepWhereAction } from './actions'
import { AlreadySent } from './already-sent'
import { needTitle } from './page-title'

const TONIGHT = { firstNight: 'today', nights: 3 } as const

export const generateMetadata = () => needTitle(1)

type Query = Record<string, string | string[] | undefined>

function cityOf({ city }: Query): string | undefined {
  return typeof city === 'string' ? findCity(city)?.id : undefined
}

type Props = { searchParams: Promise<Query> }

/** Screen 1. From the poster the town comes along in the address. */
export default async function WherePage({ searchParams }: Props) {
  const t = await getTranslations('need.where')
  const query = await searchParams
  const draft = await readNeed()
  const cityId = cityOf(query) ?? draft?.where.cityId ?? null
  return (
    <PublicFrame>
      <NeedStep step={1} title={t('title')}>
        {(await currentGuest()) && <AlreadySent />}
        <ActionForm action={keepWhereAction} formKey={newFormKey()}>
          <input type="hidden" name="source" value={query['t'] === '1' ? 'POSTER' : 'WEB'} />
          <WhereFields cityId={cityId} where={draft?.where ?? TONIGHT} today={todayIn(cityId ?? FRONT_CITIES[0])} />
          <NextButton />
        </ActionForm>
      </NeedStep>
    </PublicFrame>
  )
}
