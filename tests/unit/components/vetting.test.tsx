import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, test, vi } from 'vitest'
import { HostBadge } from '@/components/records/host-badge'
import { VisitForm } from '@/components/records/vetting-forms'
import { VisitContact } from '@/components/records/visit-contact'
import coordinate from '@/lib/i18n/messages/en/coordinate.json'
import errors from '@/lib/i18n/messages/en/errors.json'
import ui from '@/lib/i18n/messages/en/ui.json'
import type { HostClosed } from '@/lib/safety/schema'

const words = coordinate.hosts
const action = vi.fn()
const HOMES = ['almaty', 'astana'].map((cityId, index) => ({ id: `home${String(index)}`, kind: 'FLAT' as const, cityId, districtId: null }))

function draw(children: ReactNode): string {
  const messages = { coordinate, errors, ui }
  return renderToString(<NextIntlClientProvider locale="en" timeZone="Asia/Almaty" messages={messages}>{children}</NextIntlClientProvider>)
}

describe('a visit', () => {
  const ticked = (homes: typeof HOMES) => {
    const html = draw(<VisitForm action={action} formKey="k" hostId="h" version={1} today={'2026-11-22'} claimsWomenOnly={false} homes={homes} />)
    return html.match(/<input[^>]*name="homes\[\]"[^>]*>/g)?.map((input) => input.includes('checked'))
  }

  it('is to the only home without asking, else the homes are ticked', () => {
    expect(ticked(HOMES.slice(0, 1))).toEqual([true])
    expect(ticked(HOMES)).toEqual([false, false])
  })
})

describe('contact and address of a host', () => {
  const card = (contact: HostClosed | null, address: HostClosed | null) => draw(
    <VisitContact
      hostId="h" contact={{ action, formKey: 'c' }} homes={{ action, formKey: 'a' }} closed={{ contact, address }}
      looks={[]} now={new Date(0)} timeZone="Asia/Almaty"
    />)

  test.each([
    [null, null, ['openContact', 'openAddress', 'arrangeText']],
    [null, 'NO_VISIT_DUE', ['openContact', 'arrangeText', 'arrangeNoVisit']],
    ['NOT_YOURS', 'NOT_YOURS', ['arrangeNotYours']],
  ] as const)('closed by %s and %s: no button that is refused, and a word why', (contact, address, expected) => {
    const html = card(contact, address)
    const keys = ['openContact', 'openAddress', 'arrangeText', 'arrangeNotYours', 'arrangeNoVisit'] as const
    expect(keys.filter((key) => html.includes(words[key]))).toEqual(keys.filter((key) => (expected as readonly string[]).includes(key)))
  })
})

describe('a host nobody has met', () => {
  it('waits for a visit, and that is said once', () => {
    const badge = (unseen: boolean[]) => draw(<HostBadge state="APPLIED" paused={false} renewal={null} homes={unseen.map((toVisit) => ({ toVisit }))} />)
    expect(badge([true, true])).not.toContain(words.toVisit)
    expect(badge([true, false])).toContain(words.toVisit)
  })
})
