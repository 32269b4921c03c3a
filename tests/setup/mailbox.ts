import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ReceivedMail } from './smtp'

const PAUSE_MS = 100

/** Every mail so far, the oldest first, from the folder `startMailServer` drops them into. */
async function readMails(): Promise<ReceivedMail[]> {
  const folder = process.env['E2E_MAIL_FOLDER'] ?? ''
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as ReceivedMail))
}

/**
 * Waits for a mail to somebody.
 *
 * @param to the mailbox the server was told. @param after only mails that arrived later (milliseconds since 1970).
 * @param matching what the text must contain.
 * @throws Error when none came in time.
 */
export async function waitForMail(
  options: { to: string; after?: number; matching?: RegExp; withinMs?: number },
): Promise<ReceivedMail> {
  const { to, after = 0, matching = /./, withinMs = 20_000 } = options
  for (let waited = 0; waited < withinMs; waited += PAUSE_MS) {
    const found = (await readMails()).findLast((mail) => mail.envelope.includes(to) && mail.at >= after && matching.test(mail.text))
    if (found) return found
    await pause(PAUSE_MS)
  }
  throw new Error(`no mail to ${to} within ${withinMs} ms`)
}
