import { getLocale, getTranslations } from 'next-intl/server'
import { TextLink } from '@/components/ui/text-link'
import { requireScope } from '@/lib/auth/session'
import { findArrivalId } from '@/lib/placements/queries/plans'
import { guarded } from '../../../guard'
import { StoppedNotice } from '../../../stopped-notice'
import { caseParamsIn, type Query } from '../../case-params'
import { CaseView } from '../../case-view'
import { readCase } from '../../read-case'

type Props = { params: Promise<{ code: string }>; searchParams: Promise<Query> }

/** The code is spoken, not secret: it may stand in a title. */
export async function generateMetadata({ params }: Props) {
  return { title: (await getTranslations('coordinate.case'))('title', { code: (await params).code.slice(0, 12) }) }
}

/** A case on a page of its own: what a phone opens from the queue. */
export default async function CasePage({ params, searchParams }: Props) {
  const { code } = await params
  const asked = caseParamsIn(await searchParams)
  const { scope, found } = await guarded(async () => {
    const scope = await requireScope()
    return { scope, found: await readCase(scope, await findArrivalId(scope, code), asked) }
  })
  const locale = await getLocale()
  const t = await getTranslations('coordinate.case')
  const { code: spoken, nickname } = found.arrival
  const here = { path: `/${locale}/coordinate/case/${spoken}`, params: {} }
  return (
    <div className="grid max-w-3xl gap-5">
      <TextLink href={`/${locale}/coordinate`} icon="arrow-left">{t('back')}</TextLink>
      <h1>{spoken} · {nickname}</h1>
      <StoppedNotice to="staff" />
      <CaseView {...found} scope={scope} here={here} asked={asked} />
    </div>
  )
}
