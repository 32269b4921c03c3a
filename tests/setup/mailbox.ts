import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

const PAUSE_MS = 100

/** A mail as it arrived over SMTP. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Milliseconds since 1970. */
  at: number
}

/** A real SMTP server on loopback that keeps every mail as a file. */
export async function startMailbox(folder: string): Promise<{ url: string; stop: () => Promise<void> }> {
  await mkdir(folder, { recursive: true })
  let count = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      simpleParser(stream).then(async (parsed) => {
        count += 1
        // its own number: another mail may arrive while this one is being written
        const number = count
        const mail: Mail = {
          to: session.envelope.rcptTo.map(({ address }) => address).join(','),
          subject: parsed.subject ?? '',
          text: parsed.text ?? '',
          html: typeof parsed.html === 'string' ? parsed.html : '',
          at: Date.now(),
        }
        const draft = join(folder, `${number}.draft`)
        await writeFile(draft, JSON.stringify(mail))
        await rename(draft, join(folder, `${String(number).padStart(5, '0')}.json`))
      }).then(() => done(), (error: unknown) => done(error as Error))
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', () => ready()))
  const { port } = server.server.address() as AddressInfo
  return { url: `smtp://127.0.0.1:${port}`, stop: () => new Promise((gone) => server.close(() => gone())) }
}

/** Every mail so far, the oldest first. In a browser test the folder is `process.env.E2E_MAIL_FOLDER`. */
export async function readMails(folder = process.env['E2E_MAIL_FOLDER'] ?? ''): Promise<Mail[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json')).sort()
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(join(folder, file), 'utf8')) as Mail))
}

/**
 * Waits for a mail to somebody.
 *
 * @param after only mails that arrived later (milliseconds since 1970).
 * @param matching what the text must contain.
 * @throws Error when none came in time.
 */
export async function waitForMail(options: { to: string; after?: number; matching?: RegExp; withinMs?: number }): Promise<Mail> {
  const { to, after = 0, matching = /./, withinMs = 20_000 } = options
  for (let waited = 0; waited < withinMs; waited += PAUSE_MS) {
    const found = (await readMails()).findLast((mail) => mail.to === to && mail.at >= after && matching.test(mail.text))
    if (found) return found
    await pause(PAUSE_MS)
  }
  throw new Error(`no mail to ${to} within ${withinMs} ms`)
}
