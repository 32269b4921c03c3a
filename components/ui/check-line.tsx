import type { ReactNode } from 'react'
import { Icon } from './icon'

/** One must-have of a match: a tick or a cross, the words, and the value it was judged by. `word` is read out: "fits". */
export function CheckLine({ passed, word, children, value }: { passed: boolean; word: string; children: ReactNode; value?: ReactNode }) {
  return (
    <li className="flex items-baseline gap-2 text-sm">
      <Icon name={passed ? 'check' : 'cross'} size={18} className={`translate-y-1 ${passed ? 'text-ok' : 'text-danger'}`} />
      <span className="sr-only">{word}: </span>
      <span className="flex-1">{children}</span>
      {value && <span className="text-right text-muted">{value}</span>}
    </li>
  )
}
