import { mkdir, rename, writeFile } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

/** A mail as its reader would see it. `envelope`: the mailboxes the server was told, not what the header says. */
export interface ReceivedMail {
  envelope: string[]
  to: string
  subject: string
  text: string
  html: string
  messageId: string
  headers: Record<string, string>
  /** Milliseconds since 1970. */
  at: number
}

export interface MailServer {
  port: number
  url: string
  /** Mails in the order they came, also those that were taken and then not acknowledged. */
  mails: ReceivedMail[]
  /** What to do with the next mails: take them, refuse for now (451) or for good (550), or take them and hang up or say nothing. */
  behave: (behaviour: 'TAKE' | 'LATER' | 'NEVER' | 'HANG_UP' | 'SAY_NOTHING') => void
  stop: () => Promise<void>
}

async function readMail(stream: NodeJS.ReadableStream, envelope: string[]): Promise<ReceivedMail> {
  const parsed = await simpleParser(stream as Parameters<typeof simpleParser>[0])
  const to = Array.isArray(parsed.to) ? parsed.to.map(({ text }) => text).join(', ') : (parsed.to?.text ?? '')
  const headers = Object.fromEntries(parsed.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]))
  return {
    envelope, to, subject: parsed.subject ?? '', text: parsed.text ?? '', html: parsed.html === false ? '' : (parsed.html ?? ''),
    messageId: parsed.messageId ?? '', headers, at: Date.now(),
  }
}

// one file per mail, moved there whole; the number keeps them in order
async function drop(mail: ReceivedMail, { folder, index }: { folder: string; index: number }): Promise<void> {
  const name = join(folder, `${String(index).padStart(5, '0')}.json`)
  await writeFile(`${name}.draft`, JSON.stringify(mail, null, 2))
  await rename(`${name}.draft`, name)
}

/**
 * Starts a real mail server on loopback.
 *
 * @param dropFolder every mail is also written there as JSON, for tests in another process.
 * @param port a fixed port, for a server that comes back after an outage; any free one otherwise.
 */
export async function startMailServer({ dropFolder, port = 0 }: { dropFolder?: string; port?: number } = {}): Promise<MailServer> {
  if (dropFolder !== undefined) await mkdir(dropFolder, { recursive: true })
  const mails: ReceivedMail[] = []
  let behaviour: Parameters<MailServer['behave']>[0] = 'TAKE'
  const onData: NonNullable<SMTPServerOptions['onData']> = (stream, session, callback) => {
    const envelope = session.envelope.rcptTo.map(({ address }) => address)
    const now = behaviour
    readMail(stream, envelope).then(async (mail) => {
      if (now === 'LATER' || now === 'NEVER') {
        callback(Object.assign(new Error(`no thanks, ${mail.to}`), { responseCode: now === 'LATER' ? 451 : 550 }))
        return
      }
      mails.push(mail)
      if (dropFolder !== undefined) await drop(mail, { folder: dropFolder, index: mails.length })
      if (now === 'HANG_UP') hangUp(session.id)
      else if (now === 'TAKE') callback()
    }).catch(callback)
  }
  const hangUp = (id: string) => {
    for (const connection of server.connections) if (connection.session.id === id) connection.close()
  }
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], closeTimeout: 100, onData })
  server.on('error', () => undefined)
  await new Promise<void>((done) => { server.listen(port, '127.0.0.1', done) })
  const taken = (server.server.address() as AddressInfo).port
  return {
    port: taken,
    url: `smtp://127.0.0.1:${taken}`,
    mails,
    behave: (next) => {
      behaviour = next
    },
    stop: () => new Promise((done) => { server.close(() => { done() }) }),
  }
}
