'use client'

import type { ReactNode } from 'react'
import { FieldError, FieldHint } from './field-frame'
import { describedBy, useField } from './form-context'

export type ChoiceOption = {
  value: string
  label: ReactNode
  hint?: ReactNode
  /** A drawing or icon at the end of the tile. */
  picture?: ReactNode
  /** More questions, shown under the tile while it is chosen. */
  more?: ReactNode
}

type Props = {
  name: string
  legend: ReactNode
  /** `page` makes the legend the page's heading (h1), one question on the page. */
  legendAs?: 'page' | 'section' | 'label' | 'hidden' | undefined
  hint?: ReactNode
  options: ChoiceOption[]
  /** One answer (radio) or several (checkbox). */
  pick: 'one' | 'many'
  /** `tiles`: full-width rows. `pair`: two columns from 24 rem. `columns`: two on a desk. `chips`: small tiles that flow. */
  layout?: 'tiles' | 'pair' | 'columns' | 'chips' | undefined
  /** First answers; what was picked wins over them after a refusal. */
  initial?: string[] | undefined
  /** Answers after so many are folded away under `summary`; open when one of them is chosen. */
  fold?: { after: number; summary: string } | undefined
}

const LEGENDS = {
  page: 'mb-4 text-2xl font-semibold tracking-tight',
  section: 'mb-3 text-xl font-semibold',
  label: 'mb-2 font-semibold',
  hidden: 'sr-only',
}

const LAYOUTS = {
  tiles: 'grid gap-2',
  pair: 'grid gap-2 min-[22em]:grid-cols-2',
  columns: 'grid gap-2 sm:grid-cols-2',
  chips: 'flex flex-wrap gap-2',
}

/** Big touch tiles around the browser's own radios or checkboxes; works with a thumb, a keyboard and no script. */
export function Choice({ name, legend, legendAs = 'label', hint, options, pick, layout = 'tiles', initial, fold }: Props) {
  const { id, error, typed } = useField(name)
  const after = fold?.after ?? options.length
  const folded = options.slice(after)
  const chosen = typed === undefined ? (initial ?? []) : [typed].flat()

  return (
    <fieldset className="min-w-0" aria-describedby={describedBy({ id, hint, error })}>
      <legend className={LEGENDS[legendAs]}>{legendAs === 'page' ? <h1>{legend}</h1> : legend}</legend>
      <div className="mb-2 grid gap-1 empty:hidden">
        <FieldHint id={id}>{hint}</FieldHint>
        <FieldError id={id}>{error}</FieldError>
      </div>
      <Tiles id={id} name={name} pick={pick} layout={layout} options={options.slice(0, after)} chosen={chosen} before={0} />
      {folded.length > 0 && (
        <details open={folded.some(({ value }) => chosen.includes(value))} className="mt-2">
          <summary className="min-h-(--target) cursor-pointer py-2 font-semibold text-primary">{fold?.summary}</summary>
          <Tiles id={id} name={name} pick={pick} layout={layout} options={folded} chosen={chosen} before={after} />
        </details>
      )}
    </fieldset>
  )
}

type TilesProps = Required<Pick<Props, 'name' | 'pick' | 'options'>> & { id: string; layout: keyof typeof LAYOUTS; chosen: string[]; before: number }

function Tiles({ id, name, pick, layout, options, chosen, before }: TilesProps) {
  return (
    <div className={LAYOUTS[layout]}>
      {options.map((option, index) => (
        <Tile
          key={option.value}
          // The summary's link must land on something that takes the focus: the first answer.
          id={before + index === 0 ? id : `${id}-${String(before + index + 1)}`}
          name={name}
          type={pick === 'one' ? 'radio' : 'checkbox'}
          option={option}
          checked={chosen.includes(option.value)}
          compact={layout === 'chips'}
        />
      ))}
    </div>
  )
}

type TileProps = {
  id: string
  name: string
  type: 'radio' | 'checkbox'
  option: ChoiceOption
  checked: boolean
  compact: boolean
}

function Tile({ id, name, type, option, checked, compact }: TileProps) {
  const { value, label, hint, picture, more } = option
  return (
    <div className="choice min-w-0">
      <label className={`tile flex min-h-(--target) items-center gap-3 ${compact ? 'px-3 py-2' : 'px-3 py-3 sm:px-4'} ${more ? '' : 'h-full'}`}>
        <input
          id={id}
          type={type}
          name={name}
          value={value}
          defaultChecked={checked}
          className="tick"
          aria-describedby={hint ? `${id}-more` : undefined}
        />
        <span className="min-w-0 flex-1">
          <span className={compact ? '' : 'font-medium'}>{label}</span>
          {hint && (
            <span id={`${id}-more`} className="block text-sm text-muted">
              {hint}
            </span>
          )}
        </span>
        {picture}
      </label>
      {more && <div className="choice-more mt-3 mb-2 ml-4 border-l-2 border-primary pl-4">{more}</div>}
    </div>
  )
}
