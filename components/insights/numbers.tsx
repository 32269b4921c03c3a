import type { ReactNode } from 'react'

export type NumberShown = {
  key: string
  value: ReactNode
  /** What the number counts; stands below it. */
  label: ReactNode
}

/** Large numbers with what they count; nothing behind them to open. */
export function Numbers({ numbers }: { numbers: NumberShown[] }) {
  return (
    <dl className="keep-together grid grid-cols-1 gap-px overflow-hidden rounded-xl border border-line bg-line min-[22em]:grid-cols-2">
      {numbers.map(({ key, value, label }) => (
        <div key={key} className="flex flex-col-reverse justify-end gap-1 bg-card p-4 sm:p-5 min-[22em]:last:odd:col-span-2">
          <dt className="text-sm text-muted">{label}</dt>
          <dd className="text-xl font-semibold tracking-tight tabular-nums sm:text-3xl">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
