/** What a form knows after it was sent. Every sentence is already in the reader's language. */
export type ActionState =
  | { status: 'idle' }
  | { status: 'done'; message?: string; data?: Record<string, unknown> }
  | {
      status: 'refused'
      /** One sentence for the whole form, shown at its top. */
      message: string
      /** Field name → how to mend it. Empty when the refusal is not about a field. */
      fields: Record<string, string>
      /** What was typed, so that nothing is lost. */
      values: Record<string, string | string[]>
    }

/** A server action as forms see it: a component gets it as a prop and may be given a fake one in a test. */
export type FormAction = (previous: ActionState, form: FormData) => Promise<ActionState>

export const IDLE: ActionState = { status: 'idle' }
