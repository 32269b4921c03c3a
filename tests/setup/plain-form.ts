import { randomBytes, randomInt } from 'node:crypto'
import type { Page } from '@playwright/test'

// Forms as a browser without scripts sends them, without a browser: fast enough for hundreds of wrong inputs, and
// nothing on the way that would correct them.

/** A form as a page showed it: where it goes and what is in it. */
export interface PlainForm {
  path: string
  entries: [name: string, value: string][]
}

/** What is sent for a field: text, raw bytes, several values, or the field left out. */
export type Sent = string | Buffer | readonly string[] | null

/** A page that came back, read as a person would. */
export interface PlainAnswer {
  status: number
  /** Where a redirect leads, without the host; `null` for a page. */
  location: string | null
  html: string
  /** Error sentences by field name. */
  errors: Record<string, string>
  /** Values by field name, as they stand in the fields now. */
  values: Record<string, string>
  /** The refusal on top. */
  alert: string
  /** Cookies the answer sets, by name. */
  cookies: string[]
}

const BOUNDARY = `----qonaq${randomBytes(12).toString('hex')}`

function bodyOf(entries: [string, string | Buffer][]): Buffer {
  const parts = entries.map(([name, value]) => Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`), Buffer.from(value), Buffer.from('\r\n'),
  ]))
  return Buffer.concat([...parts, Buffer.from(`--${BOUNDARY}--\r\n`)])
}

function changed({ entries }: PlainForm, changes: Record<string, Sent>): [string, string | Buffer][] {
  const kept: [string, string | Buffer][] = entries.filter(([name]) => !(name in changes))
  const added = Object.entries(changes).flatMap(([name, value]): [string, string | Buffer][] => {
    if (value === null) return []
    return typeof value === 'string' || Buffer.isBuffer(value) ? [[name, value]] : value.map((one) => [name, one])
  })
  return [...kept, ...added]
}

/** Another network each time: limits of tries are tested elsewhere. */
const elsewhere = () => ({ 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}` })

// Runs in the browser, on a parsed copy that loads and starts nothing.
function readHtml({ html, holding }: { html: string; holding: string | null }) {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  // a page may hold several forms with fields of one name: the refused one speaks
  const around = parsed.querySelector('main form:has([role="alert"])') ?? parsed.querySelector('main') ?? parsed
  const controls = Array.from(around.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>('input, select, textarea'))
  const isOff = (control: Element) => (
    control instanceof HTMLInputElement && (control.type === 'radio' || control.type === 'checkbox') && !control.checked)
  const errors: Record<string, string> = {}
  const values: Record<string, string> = {}
  for (const control of controls.filter((one) => one.name !== '' && !one.name.startsWith('$'))) {
    const described = control.closest('[aria-describedby]') ?? control
    const ids = `${control.getAttribute('aria-describedby') ?? ''} ${described.getAttribute('aria-describedby') ?? ''} ${
      control.closest('fieldset')?.getAttribute('aria-describedby') ?? ''}`.split(' ')
    const error = [...new Set(ids)].filter((id) => id.endsWith('-error')).map((id) => parsed.getElementById(id)?.textContent ?? '').join('')
    if (error !== '') errors[control.name] = error
    // a date field shows nothing for a day that is none; what the page kept stands in its attribute
    if (!isOff(control)) values[control.name] = control.getAttribute('value') ?? control.value
  }
  const form = holding === null ? null : Array.from(parsed.querySelectorAll('main form'))
    .find((one) => one.querySelector(`[name="${holding}"]`) !== null || (one.textContent.includes(holding)))
  const entries = Array.from(form?.querySelectorAll<HTMLInputElement>('input, select, textarea') ?? [])
    .filter((one) => one.name !== '' && !isOff(one)).map((one): [string, string] => [one.name, one.value])
  return { errors, values, entries, found: form !== null && form !== undefined, alert: parsed.querySelector('main [role="alert"]')?.textContent ?? '' }
}

/**
 * Reads a form from a page.
 *
 * @param page a browser of the person who asks, standing on a page that has loaded nothing (`about:blank`).
 * @param holding name of a field in it, or words of its button.
 */
export async function readPlainForm(page: Page, path: string, holding: string): Promise<PlainForm> {
  const answer = await page.request.get(path, { headers: elsewhere(), maxRedirects: 5 })
  const html = await answer.text()
  const { entries, found } = await page.evaluate(readHtml, { html, holding })
  if (!found) throw new Error(`no form with ${holding} on ${path} (${answer.status()})`)
  const { pathname, search } = new URL(answer.url())
  return { path: pathname + search, entries }
}

/** Sends a form with some of its fields changed. A redirect is reported, not followed. */
export async function postPlainForm(page: Page, form: PlainForm, changes: Record<string, Sent> = {}): Promise<PlainAnswer> {
  const answer = await page.request.post(form.path, {
    headers: { ...elsewhere(), 'content-type': `multipart/form-data; boundary=${BOUNDARY}`, origin: new URL(process.env['E2E_BASE_URL'] ?? '').origin },
    data: bodyOf(changed(form, changes)),
    maxRedirects: 0,
  })
  const headers = answer.headersArray()
  const html = await answer.text()
  const { errors, values, alert } = await page.evaluate(readHtml, { html, holding: null })
  const location = headers.find(({ name }) => name.toLowerCase() === 'location')?.value ?? null
  return {
    status: answer.status(), html, errors, values, alert,
    location: location === null ? null : new URL(location, 'http://here').pathname,
    cookies: headers.filter(({ name }) => name.toLowerCase() === 'set-cookie').map(({ value }) => value.split('=')[0] ?? ''),
  }
}
