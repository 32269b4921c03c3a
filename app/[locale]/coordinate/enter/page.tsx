import { getLocale, getTranslations } from 'next-intl/server'
import { IntakeForm } from '@/components/records/intake-form'
import { EmptyState } from '@/components/ui/empty-state'
import { pickNickname } from '@/lib/arrivals/rules/nickname'
import { requireUser } from '@/lib/auth/session'
import { newFormKey } from '@/lib/privacy/secret'
import { todayIn } from '@/lib/time/clock'
import { guarded } from '../../guard'
import { enterAction } from './actions'

/** The title of the form for somebody who phones. */
export async function generateMetadata() {
  return { title: (await getTranslations('coordinate.enter'))('title') }
}

/** Takes the request of somebody who phones or stands at the desk. `after`: set by "next request", for a form that is empty. */
export default async function EnterPage({ searchParams }: { searchParams: Promise<{ after?: string | string[] }> }) {
  const { after } = await searchParams
  const { cityIds } = await guarded(() => requireUser('arrival:enter'))
  const t = await getTranslations('coordinate.enter')
  const names = await getTranslations('need.nicknames')
  const [first] = cityIds
  if (first === undefined) return <EmptyState title={t('noCities')}>{t('noCitiesHint')}</EmptyState>
  const formKey = newFormKey()
  return (
    <div className="grid gap-4">
      <h1 className="no-print">{t('title')}</h1>
      <IntakeForm
        key={String(after)}
        action={enterAction}
        formKey={formKey}
        cityIds={cityIds}
        today={todayIn(first)}
        nickname={pickNickname({ seed: newFormKey(), colours: names('colours'), animals: names('animals') })}
        next={`/${await getLocale()}/coordinate/enter?after=${formKey}`}
      />
    </div>
  )
}
