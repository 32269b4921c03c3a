import { renderToString } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { IDLE, type ActionState } from '@/lib/actions/state'
import { ActionForm } from '@/components/ui/action-form'
import { SubmitButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Choice } from '@/components/ui/choice'
import { Field } from '@/components/ui/field'
import { FormContext } from '@/components/ui/form-context'
import { FormDatum, FormWhen } from '@/components/ui/form-result'
import { ErrorSummary } from '@/components/ui/error-summary'
import { SelectField } from '@/components/ui/select-field'
import { Stepper } from '@/components/ui/stepper'

const REFUSED: Extract<ActionState, { status: 'refused' }> = {
  status: 'refused',
  message: 'Your answers are safe.',
  fields: { city: 'Choose a city.', nickname: 'Use at most 40 letters.', adults: 'At most 8.' },
  values: { city: 'oral', nickname: 'Blue <Leopard>', adults: '9', needs: ['pet', 'quiet'], district: '2', agree: 'on' },
}

function fields() {
  return (
    <>
      <Choice
        name="city"
        legend="City"
        pick="one"
        initial={['almaty']}
        options={[
          { value: 'almaty', label: 'Almaty' },
          { value: 'oral', label: 'Oral', hint: 'by the border' },
        ]}
      />
      <Choice
        name="needs"
        legend="Needs"
        pick="many"
        options={['pet', 'car', 'quiet'].map((value) => ({ value, label: value }))}
      />
      <Field name="nickname" label="Nickname" hint="Any name" initial="White Crane" />
      <Stepper name="adults" label="Adults" min={1} max={8} initial={1} lessLabel="Fewer" moreLabel="More" />
      <SelectField name="district" label="District" empty="Any" options={[{ value: '2', label: 'Two' }]} />
      <Checkbox name="agree" label="I agree" />
    </>
  )
}

/** The form as it is drawn once the action has answered; the id stands for the one React makes. */
function draw(state: ActionState): string {
  return renderToString(
    <FormContext value={{ id: 'f', state }}>
      {state.status === 'refused' && <ErrorSummary state={state} form="f" />}
      {fields()}
    </FormContext>,
  )
}

/** The tag of one control, by its name and, for choices, its value. */
function tagOf(html: string, { name, value }: { name: string; value?: string }): string {
  const tags = html.match(/<(input|select|textarea|option)[^>]*>/g) ?? []
  const found = tags.find((tag) => tag.includes(`name="${name}"`) && (value === undefined || tag.includes(`value="${value}"`)))
  if (!found) throw new Error(`no control ${name}`)
  return found
}

it.each([
  ['text', undefined, '600'], ['textarea', undefined, '2000'], ['email', undefined, '600'], ['tel', undefined, '200'], ['text', 80, '80'], ['date', undefined, undefined],
] as const)('lets nobody paste a book into a field of type %s, limit %s', (type, maxLength, expected) => {
  const field = <Field name="note" label="Note" type={type} maxLength={maxLength} />
  const html = renderToString(<FormContext value={{ id: 'f', state: IDLE }}>{field}</FormContext>)
  expect(/maxlength="(\d+)"/iu.exec(html)?.[1]).toBe(expected)
})

describe('a form that was refused', () => {
  const html = draw(REFUSED)

  it('says what went wrong on top, as an alert, with a link to each field', () => {
    expect(html).toContain('role="alert"')
    expect(html).toContain('Your answers are safe.')
    for (const name of Object.keys(REFUSED.fields)) expect(html).toContain(`href="#f-${name}"`)
  })

  it('links to elements that exist', () => {
    for (const name of Object.keys(REFUSED.fields)) expect(html).toContain(`id="f-${name}"`)
  })

  it('shows each error at its field and ties them together', () => {
    expect(html).toContain('id="f-nickname-error"')
    const nickname = tagOf(html, { name: 'nickname' })
    expect(nickname).toContain('aria-invalid="true"')
    expect(nickname).toContain('aria-describedby="f-nickname-hint f-nickname-error"')
  })

  it('keeps what was typed, and draws it as text', () => {
    expect(tagOf(html, { name: 'nickname' })).toContain('value="Blue &lt;Leopard&gt;"')
    expect(tagOf(html, { name: 'adults' })).toContain('value="9"')
  })

  it('keeps what was picked', () => {
    expect(tagOf(html, { name: 'city', value: 'oral' })).toContain('checked')
    expect(tagOf(html, { name: 'city', value: 'almaty' })).not.toContain('checked')
    expect(tagOf(html, { name: 'needs', value: 'pet' })).toContain('checked')
    expect(tagOf(html, { name: 'needs', value: 'car' })).not.toContain('checked')
    expect(tagOf(html, { name: 'agree' })).toContain('checked')
    expect(html).toMatch(/<option[^>]*value="2"[^>]*selected/)
  })

  it('keeps a cleared tick cleared', () => {
    const cleared = draw({ ...REFUSED, values: { ...REFUSED.values, needs: [] } })
    expect(tagOf(cleared, { name: 'needs', value: 'pet' })).not.toContain('checked')
  })
})

describe('a form that was not sent yet', () => {
  it('shows the first answers and no errors', () => {
    const html = draw(IDLE)
    expect(tagOf(html, { name: 'city', value: 'almaty' })).toContain('checked')
    expect(tagOf(html, { name: 'nickname' })).toContain('value="White Crane"')
    expect(html).not.toContain('role="alert"')
    expect(html).not.toContain('aria-invalid')
  })

  it('carries its key and does not run the action by being drawn', () => {
    const action = vi.fn(() => Promise.resolve(IDLE))
    const html = renderToString(
      <ActionForm action={action} formKey="k-1">
        {fields()}
        <SubmitButton pendingLabel="Sending">Send</SubmitButton>
      </ActionForm>,
    )
    expect(html).toContain('name="_key" value="k-1"')
    expect(html).toContain('>Send</button>')
    expect(html).not.toContain('Sending')
    expect(action).not.toHaveBeenCalled()
  })
})

describe('a form that is done', () => {
  it('shows its result in the parts that wait for it', () => {
    const html = renderToString(
      <FormContext value={{ id: 'f', state: { status: 'done', data: { street: 'Abai 12' } } }}>
        <FormWhen status="done">
          <FormDatum name="street" />
        </FormWhen>
        <FormWhen status={['idle', 'refused']}>ask</FormWhen>
      </FormContext>,
    )
    expect(html).toBe('Abai 12')
  })
})
