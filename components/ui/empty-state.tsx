import type { ReactNode } from 'react'

type Props = { title: string; children?: ReactNode; drawing?: ReactNode; action?: ReactNode }

/** Nothing here, said calmly, with the next useful thing to do. */
export function EmptyState({ title, children, drawing, action }: Props) {
  return (
    <div className="grid justify-items-center gap-3 px-4 py-10 text-center">
      {drawing && <div className="text-primary">{drawing}</div>}
      <p className="text-xl font-semibold">{title}</p>
      {children && <div className="max-w-prose text-muted">{children}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  )
}
