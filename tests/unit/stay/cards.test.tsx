import { NextIntlClientProvider } from 'next-intl'
import type { ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { AddressCard, type AddressWords } from '@/components/stay/address-card'
import { CancelForm } from '@/components/stay/cancel-form'
import { Closing } from '@/components/stay/closing'
import { ContactLink } from '@/components/stay/contact-link'
import { HomeCard } from '@/components/stay/home-card'
import { HostContact } from '@/components/stay/host-contact'
import { IdleCover } from '@/components/stay/idle-cover'
import { FormContext } from '@/components/ui/form-context'
import type { StayHome, StayView } from '@/lib/arrivals/rules/stay'
import en from '@/lib/i18n/messages/en/stay.json'
import ui from '@/lib/i18n/messages/en/ui.json'

const action = vi.fn()
const WORDS = Object.fromEntries(
  ['heading', 'entrance', 'latin', 'taxi', 'taxiHint', 'map2gis', 'mapOsm', 'mapNote', 'missing'].map((key) => [key, key]),
) as AddressWords

function draw(children: ReactNode): string {
  return renderToString(
    <NextIntlClientProvider locale="en" timeZone="Asia/Almaty" messages={{ stay: en, ui }}>{children}</NextIntlClientProvider>,
  )
}

function drawDone(data: Record<string, unknown>, card: ReactNode): string {
  return draw(<FormContext value={{ id: 'f', state: { status: 'done', data } }}>{card}</FormContext>)
}

describe('the opened address', () => {
  const words = { ...WORDS, host: 'The host is called %' }

  it('stands in its own letters and in Latin ones, with its town for a driver', () => {
    const html = drawDone(
      { address: 'улица Абая 12', latin: 'ulitsa Abaya 12', entrance: null, firstName: 'Дана', city: 'Almaty' }, <AddressCard words={words} />)
    for (const part of ['>улица Абая 12<', '>ulitsa Abaya 12<', '>Almaty, улица Абая 12<', 'The host is called Дана']) expect(html).toContain(part)
  })

  it('is not repeated when it was written in Latin letters, and says when there is none', () => {
    expect(drawDone({ address: 'Abai 12', latin: null, city: 'Almaty' }, <AddressCard words={words} />)).not.toContain('latin')
    expect(drawDone({ address: null, city: 'Almaty' }, <AddressCard words={words} />)).toContain('missing')
  })
})

describe('the host’s contact', () => {
  const contact = (shown: boolean, phone: string | null) =>
    draw(<HostContact placementId="p1" shown={shown} phone={phone} action={action} formKey="k" />)

  it('is asked for by a press where the host allows it, else through the desk', () => {
    expect(contact(true, '+77172000000')).toContain(en.contact.ask)
    expect(contact(false, '+77172000000')).toContain('+77172000000')
    expect(contact(false, '+77172000000')).not.toContain('<form')
    expect(contact(false, null)).toContain(en.contact.byCoordinator)
  })

  it('is a number to call or an address to write to', () => {
    const link = <ContactLink call="Call" write="Write" none="None" />
    expect(drawDone({ contact: '+77011234567' }, link)).toContain('href="tel:+77011234567"')
    expect(drawDone({ contact: 'dana@example.org' }, link)).toContain('href="mailto:dana@example.org"')
    expect(drawDone({ contact: null }, link)).toContain('None')
  })
})

it('a place whose household has changed says whom to talk to, and offers no address', () => {
  const card = (householdChanged: boolean, phone: string | null) => draw(
    <HomeCard
      home={{
        placementId: 'p1', state: 'CONFIRMED', cityId: 'almaty', districtId: null, kind: 'FLAT', languages: [], rooms: [], houseRules: null,
        householdChanged, contactShown: true, mayArrive: false, extension: null, nights: { from: '2026-11-26', until: '2026-11-29' },
      } as unknown as StayHome}
      forms={{ reveal: action, contact: action, arrived: action, longer: action, newKey: () => 'k' }}
      phone={phone}
    />)
  expect(card(false, null)).toContain(en.address.show)
  for (const phone of [null, '+77172000000']) {
    const html = card(true, phone)
    expect(html).toContain(en.changed.title)
    expect(html).not.toContain(en.address.show)
    expect(html).not.toContain(en.contact.ask)
    expect(html.includes('+77172000000')).toBe(phone !== null)
  }
})

it('a page is there without a script, which alone could cover it', () => {
  const words = { heading: 'Covered', text: '', code: '', show: '', sending: '' }
  const html = draw(<IdleCover mark="m" action={action} formKey="k" words={words}><p>the page</p></IdleCover>)
  expect(html).toContain('the page')
  expect(html).not.toContain('Covered')
})

describe('taking back', () => {
  const home = { placementId: 'p2', cityId: 'almaty', districtId: null, nights: { from: '2026-11-26', until: '2026-11-29' } } as unknown as StayHome

  it('names the place and the days, and warns of a stay that runs', () => {
    const html = draw(<CancelForm homes={[home]} there action={action} formKey="k" />)
    expect(html).toContain('value="p2"')
    expect(html).toMatch(/Almaty.*November 26.*November 29/s)
    expect(html).toContain(en.cancel.allWhileThere)
    expect(html).not.toContain('checked=""')
  })

  it('of the request alone is chosen already, and warns of nothing', () => {
    const html = draw(<CancelForm homes={[]} there={false} action={action} formKey="k" />)
    expect(html).toContain('checked=""')
    expect(html).toContain(en.cancel.allHint)
  })
})

describe('the closing page', () => {
  const view = { state: 'CLOSED', code: 'K7-R2M', deletionDay: '2026-12-30' } as unknown as StayView
  const close = (lastEnd: StayView['lastEnd']) => draw(<Closing view={{ ...view, lastEnd }} phone="+77172000000" />)

  it('tells whoever did not come how to be heard, and whoever left nothing of it', () => {
    const missed = close({ state: 'NOT_ARRIVED', side: 'COORDINATOR' })
    expect(missed).toContain('K7-R2M')
    expect(missed).toContain('+77172000000')
    const left = close({ state: 'DEPARTED', side: 'GUEST' })
    expect(left).toContain(en.closed.heading)
    expect(left).not.toContain('+77172000000')
    expect(left).toContain('December 30')
  })
})
