const MAX_FIELDS = 200

/** A form as plain values: `name[]` fields as lists, others as text; what was typed, for showing it again. */
export interface ReadForm {
  key: string
  input: Record<string, unknown>
  values: Record<string, string | string[]>
}

// Next adds fields of its own ($ACTION…); ours that are no input begin with an underscore, and so does `__proto__`
function isOurs(name: string): boolean {
  return !name.startsWith('$') && !name.startsWith('_')
}

/**
 * Whether a browser sent the request from a page of ours. Next compares `Origin` with the host and lets a request
 * without one pass; every browser of these years sends it with a POST, or says where it comes from.
 */
export function isFromOwnPage(headers: Pick<Headers, 'get'>): boolean {
  const site = headers.get('sec-fetch-site')
  return site === null ? headers.get('origin') !== null : site === 'same-origin'
}

/**
 * Reads a submitted form without trusting it: files, repeated single fields and floods of fields are left for the
 * schema to refuse, nothing is decoded twice.
 */
export function readForm(form: FormData): ReadForm {
  const input: Record<string, unknown> = {}
  const values: Record<string, string | string[]> = {}
  for (const name of [...new Set(form.keys())].filter(isOurs).slice(0, MAX_FIELDS)) {
    const all = form.getAll(name)
    const texts = all.filter((value) => typeof value === 'string')
    const field = name.endsWith('[]') ? name.slice(0, -2) : name
    input[field] = name.endsWith('[]') || all.length > 1 || texts.length === 0 ? all : texts[0]
    values[field] = name.endsWith('[]') ? texts : (texts[0] ?? '')
  }
  const key = form.get('_key')
  return { key: typeof key === 'string' ? key : '', input, values }
}
