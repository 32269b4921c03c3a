'use client'

import { usePathname } from 'next/navigation'
import type { MouseEvent } from 'react'

/** Languages by their own names; Kazakh first, as at the door of a Kazakh house. */
const LANGUAGES = [
  { code: 'kk', name: 'Қазақша' },
  { code: 'ru', name: 'Русский' },
  { code: 'en', name: 'English' },
]

type Props = {
  /** Name of the list: "Language". */
  label: string
  /** Language of this page. */
  locale: string
}

/** Three words, no flags. Each leads to the same page in that language; plain links, so the page is drawn anew. */
export function LanguageSwitch({ label, locale }: Props) {
  const path = usePathname()

  function keepQuery(event: MouseEvent<HTMLAnchorElement>): void {
    event.currentTarget.search = window.location.search
  }

  return (
    <nav aria-label={label}>
      <ul className="flex flex-wrap gap-x-1">
        {LANGUAGES.map(({ code, name }) => (
          <li key={code}>
            <a
              href={path.replace(/^\/[^/]*/, `/${code}`)}
              hrefLang={code}
              lang={code}
              aria-current={code === locale ? 'true' : undefined}
              onClick={keepQuery}
              className="inline-flex min-h-(--target) min-w-12 items-center justify-center rounded-md px-2 text-sm text-primary underline decoration-1 underline-offset-4 hover:decoration-2 aria-[current]:font-semibold aria-[current]:text-ink aria-[current]:no-underline"
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
