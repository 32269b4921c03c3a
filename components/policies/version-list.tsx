import { useTranslations } from 'next-intl'
import { ActionForm } from '@/components/ui/action-form'
import { Badge } from '@/components/ui/badge'
import { SubmitButton } from '@/components/ui/button'
import { Table } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { FormAction } from '@/lib/actions/state'
import { usePolicyName } from './weight-words'

/** A version a city has decided by; the first of every city was adopted by nobody. */
export interface ListedVersion {
  version: number
  name: string
  adopted: { at: Date; byName: string } | null
  returnedTo: number | null
}

type Around = { now: Date; locale: string; timeZone: string }
type Props = {
  versions: readonly ListedVersion[]
  cityId: string
  /** Where the weights of a version are changed. */
  startHref: (version: number) => string
  returnTo: { action: FormAction; newKey: () => string }
  around: Around
}

/** What a city has decided by: who adopted it and when; each may be returned to, as a new version. */
export function VersionList({ versions, cityId, startHref, returnTo, around }: Props) {
  const t = useTranslations('policy.versions')
  const inForce = versions[0]?.version ?? 1
  return (
    <section className="grid gap-3">
      <h2>{t('title')}</h2>
      <p className="max-w-[66ch] text-sm text-muted">{t('hint')}</p>
      <Table
        caption={t('title')}
        rows={[...versions]}
        rowKey={({ version }) => String(version)}
        columns={[
          { key: 'version', head: t('version'), heading: true, cell: ({ version }) => version },
          { key: 'name', head: t('name'), cell: (row) => <Name row={row} inForce={inForce} /> },
          { key: 'adopted', head: t('adopted'), cell: ({ adopted }) => <Adopted adopted={adopted} around={around} /> },
          { key: 'act', head: t('act'), cell: ({ version }) => (
            <div className="flex flex-wrap items-center gap-x-4">
              <TextLink href={startHref(version)}>{t('start', { version })}</TextLink>
              {version !== inForce && <Return version={version} inForce={inForce} cityId={cityId} {...returnTo} />}
            </div>) },
        ]}
      />
    </section>
  )
}

function Name({ row: { version, name, returnedTo }, inForce }: { row: ListedVersion; inForce: number }) {
  const t = useTranslations('policy.versions')
  const nameOf = usePolicyName()
  return (
    <span className="flex flex-wrap items-center gap-2">
      {nameOf(name)}
      {returnedTo !== null && <span className="text-muted">({t('returned', { version: returnedTo })})</span>}
      {version === inForce && <Badge tone="ok" icon="check">{t('now')}</Badge>}
    </span>
  )
}

function Adopted({ adopted, around }: { adopted: ListedVersion['adopted']; around: Around }) {
  const t = useTranslations('policy.versions')
  if (adopted === null) return t('nobody')
  return <>{adopted.byName}, <Time at={adopted.at} kind="clock" {...around} /></>
}

type ReturnProps = Props['returnTo'] & { version: number; inForce: number; cityId: string }

function Return({ version, inForce, cityId, action, newKey }: ReturnProps) {
  const t = useTranslations('policy.versions')
  const ui = useTranslations('ui')
  return (
    <ActionForm action={action} formKey={newKey()} label={t('return', { version })} className="grid gap-2">
      <input type="hidden" name="cityId" value={cityId} />
      <input type="hidden" name="version" value={version} />
      <input type="hidden" name="basedOn" value={inForce} />
      <SubmitButton look="secondary" size="small" pendingLabel={ui('sending')}>{t('return', { version })}</SubmitButton>
    </ActionForm>
  )
}
