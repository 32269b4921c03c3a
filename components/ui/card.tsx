import type { ReactNode } from 'react'

type Props = {
  children: ReactNode
  title?: ReactNode
  /** Heading level of the title, 2 unless told. */
  level?: 2 | 3 | undefined
  /** Small line over the title. */
  over?: ReactNode
  /** Stands right of the title: a badge, a link. */
  aside?: ReactNode
  /** `lit`: the one card of the page that matters now. */
  look?: 'plain' | 'lit' | undefined
  id?: string | undefined
}

/** A sheet of paper on the page. */
export function Card({ children, title, level = 2, over, aside, look = 'plain', id }: Props) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const edge = look === 'lit' ? 'border-primary shadow-[inset_0_4px_0_var(--primary)]' : 'border-line'
  return (
    <section id={id} className={`keep-together grid gap-4 rounded-xl border bg-card p-5 sm:p-6 in-[.dense]:gap-3 in-[.dense]:p-4 ${edge}`}>
      {Boolean(title ?? aside) && (
        <div className="flex flex-wrap items-start justify-between gap-x-4 gap-y-2">
          <div className="min-w-0">
            {over && <p className="text-sm text-muted">{over}</p>}
            {title && <Heading>{title}</Heading>}
          </div>
          {aside}
        </div>
      )}
      {children}
    </section>
  )
}
