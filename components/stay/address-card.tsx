'use client'

import { useActionResult } from '@/components/ui/form-context'

/** Words of the card, translated on the server; `{name}` and `{contact}` stand in them as `%`. */
export type AddressWords = Record<
  'heading' | 'entrance' | 'host' | 'contact' | 'call' | 'none' | 'taxi' | 'taxiHint' | 'map2gis' | 'mapOsm' | 'mapNote' | 'missing', string
>

function textOf(data: Record<string, unknown> | undefined, name: string): string | null {
  const value = data?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The opened address: large, for a driver, and for a map that the guest may choose to ask. Shown only after a POST. */
export function AddressCard({ city, words }: { city: string; words: AddressWords }) {
  const state = useActionResult()
  if (state.status !== 'done') return null
  const [address, entrance] = [textOf(state.data, 'address'), textOf(state.data, 'entrance')]
  if (address === null) return <p role="status">{words.missing}</p>
  return (
    <div role="status" className="grid gap-4">
      <div className="grid gap-1">
        <p className="text-sm text-muted">{words.heading}</p>
        <p className="text-2xl font-semibold">{address}</p>
        {entrance !== null && <p>{words.entrance}: {entrance}</p>}
      </div>
      <HostLine name={textOf(state.data, 'firstName')} contact={textOf(state.data, 'contact')} words={words} />
      <details className="rounded-xl border border-line px-4">
        <summary className="flex min-h-(--target) cursor-pointer items-center font-semibold text-primary">{words.taxi}</summary>
        <p className="pt-2 pb-5 text-4xl font-semibold">{city}, {address}</p>
      </details>
      <MapLinks place={`${city}, ${address}`} words={words} />
    </div>
  )
}

/** A link on a line of its own is as tall as a thumb. */
const ALONE = 'inline-flex min-h-(--target) items-center text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2'

function HostLine({ name, contact, words }: { name: string | null; contact: string | null; words: AddressWords }) {
  const isPhone = contact !== null && /^\+\d{7,15}$/.test(contact)
  return (
    <div className="grid gap-1">
      {name !== null && <p>{words.host.replace('%', name)}</p>}
      <p>{contact === null ? words.none : words.contact.replace('%', contact)}</p>
      {isPhone && <p><a href={`tel:${contact}`} className={ALONE}>{words.call}</a></p>}
    </div>
  )
}

function MapLinks({ place, words }: { place: string; words: AddressWords }) {
  const text = encodeURIComponent(place)
  const links = [
    { href: `https://2gis.kz/search/${text}`, label: words.map2gis },
    { href: `https://www.openstreetmap.org/search?query=${text}`, label: words.mapOsm },
  ]
  return (
    <div className="grid gap-1">
      <ul className="flex flex-wrap gap-x-4">
        {links.map(({ href, label }) => (
          <li key={href} className="flex min-h-12 items-center">
            <a href={href} rel="noreferrer noopener" target="_blank" className={ALONE}>{label}</a>
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">{words.mapNote}</p>
    </div>
  )
}
