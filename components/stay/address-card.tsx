'use client'

import { useActionResult } from '@/components/ui/form-context'

/** Words of the card, translated on the server; `{name}` stands in them as `%`. */
export type AddressWords = Record<
  'heading' | 'entrance' | 'host' | 'latin' | 'taxi' | 'taxiHint' | 'map2gis' | 'mapOsm' | 'mapNote' | 'missing', string
>

const FIELDS = ['address', 'latin', 'entrance', 'firstName', 'city'] as const

function textOf(data: Record<string, unknown> | undefined, name: string): string | null {
  const value = data?.[name]
  return typeof value === 'string' && value !== '' ? value : null
}

/** The opened address: large, for a driver, and for a map that the guest may choose to ask. Shown only after a POST. */
export function AddressCard({ words }: { words: AddressWords }) {
  const state = useActionResult()
  if (state.status !== 'done') return null
  const [address, latin, entrance, name, city] = FIELDS.map((field) => textOf(state.data, field))
  if (!address) return <p role="status">{words.missing}</p>
  const place = city ? `${city}, ${address}` : address
  return (
    <div role="status" className="grid gap-4">
      <div className="grid gap-1">
        <p className="text-sm text-muted">{words.heading}</p>
        <p className="text-2xl font-semibold">{address}</p>
        {latin && <p><span className="text-muted">{words.latin}</span> <span translate="no">{latin}</span></p>}
        {entrance && <p>{words.entrance}: {entrance}</p>}
      </div>
      {name && <p>{words.host.replace('%', name)}</p>}
      <TaxiCard place={place} words={words} />
      <MapLinks place={place} words={words} />
    </div>
  )
}

/** Letters to hold up to a driver's window. */
function TaxiCard({ place, words }: { place: string; words: AddressWords }) {
  return (
    <details className="rounded-xl border border-line px-4">
      <summary className="flex min-h-(--target) cursor-pointer items-center font-semibold text-primary">{words.taxi}</summary>
      <p className="text-sm text-muted">{words.taxiHint}</p>
      <p className="pt-2 pb-5 text-4xl font-semibold">{place}</p>
    </details>
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
            {/* a link on a line of its own is as tall as a thumb */}
            <a
              href={href}
              rel="noreferrer noopener"
              target="_blank"
              className="inline-flex min-h-(--target) items-center text-primary underline decoration-1 underline-offset-4 hover:text-primary-strong hover:decoration-2"
            >
              {label}
            </a>
          </li>
        ))}
      </ul>
      <p className="text-sm text-muted">{words.mapNote}</p>
    </div>
  )
}
