import 'server-only'
import { createTransport } from 'nodemailer'
import type SMTPPool from 'nodemailer/lib/smtp-pool'
import { env } from '@/lib/config/env'
import { mailboxSchema, type DeliveryFailure, type Letter } from './schema'

const ANSWER_WITHIN_MS = 15_000

function openTransport(url: string) {
  const options: SMTPPool.Options = {
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: ANSWER_WITHIN_MS,
    greetingTimeout: ANSWER_WITHIN_MS,
    socketTimeout: ANSWER_WITHIN_MS,
    dnsTimeout: ANSWER_WITHIN_MS,
    // a letter is what we wrote: nothing in it is read from disk or fetched
    disableFileAccess: true,
    disableUrlAccess: true,
  }
  return createTransport(options)
}

let transport: ReturnType<typeof openTransport> | null = null

/** A mail server's complaint as a code. What it says in words may quote the address, so the words stay here. */
function failureOf(error: unknown): DeliveryFailure {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  if (code === 'EAUTH') return 'SIGN_IN'
  if (typeof responseCode !== 'number') return 'UNREACHABLE'
  return responseCode >= 500 ? 'REJECTED' : 'DEFERRED'
}

/**
 * Hands one letter to the mail server, for one mailbox. The Message-ID follows from the letter's id, so a letter that
 * is sent again is shown once.
 *
 * @returns `null` when the server took it, or why not. Never throws for what the network does.
 */
export async function sendMail(letter: Letter, url: string): Promise<DeliveryFailure | null> {
  const to = mailboxSchema.safeParse(letter.to)
  if (!to.success || /[\r\n]/.test(letter.subject)) return 'BAD_ADDRESS'
  transport ??= openTransport(url)
  try {
    await transport.sendMail({
      from: env.MAIL_FROM,
      to: { name: '', address: to.data },
      subject: letter.subject,
      text: letter.text,
      html: letter.html,
      messageId: `<${letter.id}@${new URL(env.NEXTAUTH_URL).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': letter.locale },
    })
    return null
  } catch (error) {
    return failureOf(error)
  }
}
