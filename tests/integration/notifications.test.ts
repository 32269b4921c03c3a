import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runOnce, type RunnerOptions } from 'graphile-worker'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { smallWorld } from '../setup/small-world'
import { startMailServer, type MailServer } from '../setup/smtp'
import { testDatabase, type TestDatabase } from '../setup/test-database'

const HOST_MAIL = 'host@example.org'
const GUEST_MAIL = 'guest@example.org'
const WAIT_MS = 15_000

let database: TestDatabase
let world: ReturnType<typeof smallWorld>
let server: MailServer
let queue: RunnerOptions
let lib: Awaited<ReturnType<typeof loadLib>>
const workers: ChildProcess[] = []

// loaded once SMTP_URL is known: the environment is read at the first import
async function loadLib() {
  const [commands, deliver, queries, schema, rules, templates, run, health, seal, secret, prune, fill] = await Promise.all([
    import('@/lib/notifications/commands'), import('@/lib/notifications/deliver'), import('@/lib/notifications/queries'),
    import('@/lib/notifications/schema'), import('@/lib/notifications/rules'), import('@/lib/notifications/templates'),
    import('@/lib/jobs/run'), import('@/lib/jobs/queries'), import('@/lib/privacy/seal'), import('@/lib/privacy/secret'),
    import('@/lib/jobs/prune'), import('@/lib/jobs/fill-queue'),
  ])
  return { ...commands, ...deliver, ...queries, ...schema, ...rules, ...templates, ...run, ...health, ...seal, ...secret, ...prune, ...fill }
}

beforeAll(async () => {
  server = await startMailServer()
  process.env['SMTP_URL'] = server.url
  database = await testDatabase()
  world = smallWorld(database)
  lib = await loadLib()
  queue = lib.QUEUE_OPTIONS
})
beforeEach(async () => {
  server.behave('TAKE')
  server.mails.length = 0
  await database.rows('delete from graphile_worker._private_jobs')
  await database.rows('update message set dead_at = now() where delivered_at is null and dead_at is null')
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await server.stop()
})

/** A host and a newcomer who can both be reached by mail, and a plan that asks them. */
async function askBoth({ hostLocale = 'kk', guestLocale = 'ru' } = {}) {
  const { userId, hostId, roomId } = await world.home({ sleeps: [4] })
  const arrivalId = await world.arrival({ adults: 2, childrenAges: [7] })
  const hostMail = lib.seal(HOST_MAIL, { field: 'user.email', rowId: userId })
  const guestMail = lib.seal(GUEST_MAIL, { field: 'arrival.contact', rowId: arrivalId })
  await database.rows('update "user" set email_sealed = $1, locale = $2 where id = $3', [hostMail, hostLocale, userId])
  await database.rows('update arrival set contact_sealed = $1, locale = $2 where id = $3', [guestMail, guestLocale, arrivalId])
  const coordinator = await world.person('COORDINATOR', 'Aigul')
  const plan = await world.propose(coordinator, arrivalId, [{ roomId, from: 0, until: 2, adults: 2, childrenAges: [7] }])
  expect(plan.code).toBe('OK')
  return { hostId, arrivalId, roomId, planId: plan.planId ?? '', placementId: plan.placementIds?.[0] ?? '' }
}

/** What the worker does twice a second, and then its jobs. */
const work = async () => {
  await lib.fillQueue()
  await runOnce(queue)
}
/** What the schedule puts into the queue each minute. */
const byTheMinute = async (task: 'remind_due' | 'lapse_due') => {
  await database.rows('select graphile_worker.add_job($1)', [task])
  await work()
}
const hurry = () => database.rows(`update graphile_worker._private_jobs set run_at = now() where locked_at is null
  and task_id = (select id from graphile_worker._private_tasks where identifier = 'deliver_message')`)
const messagesOf = (placementId: string) =>
  database.rows('select * from message where placement_id = $1 order by created_at, kind', [placementId])
const mailsTo = (mailbox: string) => server.mails.filter(({ envelope }) => envelope.includes(mailbox))
const messageTo = async (placementId: string, side: string) =>
  database.row('select * from message where placement_id = $1 and to_side = $2', [placementId, side])

async function outage<T>(during: () => Promise<T>): Promise<T> {
  const { port } = server
  await server.stop()
  try {
    return await during()
  } finally {
    server = await startMailServer({ port })
  }
}

function startWorkerProcess(): ChildProcess {
  const worker = spawn(process.execPath, ['--conditions=react-server', '--import', 'tsx', 'scripts/worker.ts'], {
    env: { ...process.env, SMTP_URL: server.url }, stdio: ['ignore', 'ignore', 'inherit'],
  })
  workers.push(worker)
  return worker
}

async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + WAIT_MS; !(await what());) {
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((done) => setTimeout(done, 50))
  }
}

describe('a proposal', () => {
  it('is told to host and newcomer once, each in their language, with a ticket that opens their answer', async () => {
    const { placementId } = await askBoth()
    await work()
    await work()
    const [toHost, toGuest] = [mailsTo(HOST_MAIL), mailsTo(GUEST_MAIL)]
    expect([toHost.length, toGuest.length]).toEqual([1, 1])
    expect(toHost[0]).toMatchObject({ envelope: [HOST_MAIL], to: HOST_MAIL, subject: 'Сұрақ бар. Сілтемені ашыңыз.' })
    expect(toHost[0]?.text).toMatch(/2 ересек, 1 бала.*барлығы 2 түн\. Қабылдайсыз ба\?/)
    expect(toGuest[0]).toMatchObject({ envelope: [GUEST_MAIL], subject: 'Есть ответ. Откройте ссылку.' })
    expect(toGuest[0]?.text).toMatch(/Первая ночь: .*\(сегодня\), всего 2 ночи\. Подходит\?/)
    for (const [mail, side, locale] of [[toHost[0], 'HOST', 'kk'], [toGuest[0], 'GUEST', 'ru']] as const) {
      const ticket = new RegExp(`http://localhost:3000/${locale}/answer/([\\w-]+)`).exec(mail?.text ?? '')?.[1] ?? ''
      expect(lib.readTicket(ticket)).toEqual({ placementId, side })
      expect(mail?.html).toContain(`/answer/${ticket}"`)
      expect(mail?.headers['auto-submitted']).toBe('auto-generated')
    }
    expect(await messagesOf(placementId)).toEqual([
      expect.objectContaining({ attempts: 1, error_code: null, delivered_at: expect.any(Date), dead_at: null }),
      expect.objectContaining({ attempts: 1, error_code: null, delivered_at: expect.any(Date), dead_at: null }),
    ])
  })

  it('names nobody, no city and no address', async () => {
    await askBoth()
    await work()
    const words = server.mails.map(({ text, html, subject }) => `${subject} ${text} ${html}`).join(' ').toLowerCase()
    for (const word of ['dana', 'guest', 'aigul', 'almaty', 'алмат', 'flat', GUEST_MAIL]) expect(words).not.toContain(word)
  })

  it('is not sent to a newcomer without a mailbox: it stands on their page', async () => {
    const { placementId, arrivalId } = await askBoth()
    await database.rows(`update arrival set contact_kind = 'NONE', contact_sealed = null where id = $1`, [arrivalId])
    await work()
    expect(mailsTo(GUEST_MAIL)).toEqual([])
    expect(await messageTo(placementId, 'GUEST')).toMatchObject({ error_code: 'NO_ADDRESS', delivered_at: null })
  })

  it('reaches the newcomer when the address of the host does not open', async () => {
    const { placementId } = await askBoth()
    await database.rows(`update "user" set email_sealed = replace(email_sealed, 'v1.aesgcm256.', 'v1.aesgcm256.0')
      where id = (select user_id from host join placement on placement.host_id = host.id where placement.id = $1)`, [placementId])
    await work()
    expect(server.mails.map(({ to }) => to)).toEqual([GUEST_MAIL])
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ error_code: 'UNREADABLE', dead_at: expect.any(Date) })
  })

  it('asks nobody any more when it was answered before the letter went out', async () => {
    const { placementId } = await askBoth()
    await world.release(placementId, 'DECLINED', 'GUEST', 'TOO_FAR')
    await work()
    expect(server.mails.map(({ subject }) => subject)).toEqual(['Жаңалық бар. Сілтемені ашыңыз.'])
  })
})

describe('the mail server', () => {
  it('is down: tries are counted, the message is kept and goes out later', async () => {
    const { placementId } = await askBoth()
    await outage(async () => {
      await work()
      await hurry()
      await work()
    })
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ attempts: 2, error_code: 'UNREACHABLE', delivered_at: null, dead_at: null })
    await hurry()
    await work()
    expect(mailsTo(HOST_MAIL)).toHaveLength(1)
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ attempts: 3, error_code: null, delivered_at: expect.any(Date) })
  })

  it('says later: kept; says never: given up at once; neither writes the address anywhere', async () => {
    const { placementId } = await askBoth()
    server.behave('LATER')
    await work()
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ error_code: 'DEFERRED', dead_at: null })
    const [job] = await database.rows('select last_error from graphile_worker._private_jobs where last_error is not null')
    expect(job?.['last_error']).not.toContain('@')
    server.behave('NEVER')
    await hurry()
    await work()
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ error_code: 'REJECTED', dead_at: expect.any(Date), attempts: 2 })
  })

  it('stays away: after twelve tries the message is on the dead-letter list, and goes out when the server is back', async () => {
    const { placementId } = await askBoth()
    await database.rows('update message set attempts = 11 where placement_id = $1', [placementId])
    await outage(work)
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ attempts: 12, error_code: 'UNREACHABLE', dead_at: expect.any(Date) })
    expect(await database.row('select retry_messages() as queued')).toEqual({ queued: 0 })
    await database.rows(`update message set dead_at = now() - interval '31 minutes' where placement_id = $1`, [placementId])
    expect(await database.row('select retry_messages() as queued')).toEqual({ queued: 2 })
    await work()
    expect(mailsTo(HOST_MAIL)).toHaveLength(1)
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ dead_at: null, delivered_at: expect.any(Date) })
  })

  it('hangs up after taking the letter: it is sent again under the same Message-ID', async () => {
    const { placementId } = await askBoth()
    server.behave('HANG_UP')
    await work()
    const taken = mailsTo(HOST_MAIL)[0]?.messageId
    server.behave('TAKE')
    await hurry()
    await work()
    const { id } = await messageTo(placementId, 'HOST')
    expect(taken).toBe(`<${String(id)}@localhost>`)
    expect(new Set(mailsTo(HOST_MAIL).map(({ messageId }) => messageId))).toEqual(new Set([taken]))
    expect(mailsTo(HOST_MAIL).length).toBeGreaterThan(1)
  })
})

describe('the worker', () => {
  it('is killed between sending and marking: another sends it again under the same Message-ID', async () => {
    const { placementId } = await askBoth()
    server.behave('SAY_NOTHING')
    const worker = startWorkerProcess()
    await until(() => mailsTo(HOST_MAIL).length === 1)
    worker.kill('SIGKILL')
    await once(worker, 'exit')
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ attempts: 1, delivered_at: null })
    server.behave('TAKE')
    await work()
    expect(mailsTo(HOST_MAIL)).toHaveLength(1)
    await database.rows(`update graphile_worker._private_jobs set locked_at = now() - interval '6 minutes' where locked_at is not null`)
    await database.rows(`update message set created_at = now() - interval '6 minutes' where placement_id = $1`, [placementId])
    await database.rows('select retry_messages()')
    await work()
    const ids = mailsTo(HOST_MAIL).map(({ messageId }) => messageId)
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ attempts: 2, delivered_at: expect.any(Date) })
  })

  it('delivers as soon as a plan is proposed, and stops when asked', async () => {
    const worker = startWorkerProcess()
    await askBoth()
    await until(() => server.mails.length === 2)
    worker.kill('SIGTERM')
    expect(await once(worker, 'exit')).toEqual([0, null])
  })
})

describe('clocks', () => {
  it('reminds each side that is silent, and lapses the plan when its time is over', async () => {
    const { planId, placementId } = await askBoth()
    await work()
    await world.sayYes(placementId, 'GUEST')
    await database.rows('update plan set remind_at = now() where id = $1', [planId])
    await byTheMinute('remind_due')
    await work()
    expect(mailsTo(HOST_MAIL).map(({ subject }) => subject)).toEqual(['Сұрақ бар. Сілтемені ашыңыз.', 'Еске саламыз. Сілтемені ашыңыз.'])
    expect(mailsTo(GUEST_MAIL)).toHaveLength(1)
    await database.rows(`update plan set deadline = now() - interval '1 second' where id = $1`, [planId])
    await byTheMinute('lapse_due')
    await work()
    expect(await database.row('select state, ended_side from placement where id = $1', [placementId])).toEqual({ state: 'LAPSED', ended_side: 'HOST' })
    expect(mailsTo(HOST_MAIL).at(-1)?.text).toContain('Жауап болмағандықтан, бөлмені босаттық.')
    expect(mailsTo(GUEST_MAIL).at(-1)?.text).toContain('время ожидания сохранено')
    expect(await database.rows('select 1 from hold where placement_id = $1', [placementId])).toEqual([])
  })

  it('lapses by the minute what nobody has answered', async () => {
    const { planId, placementId } = await askBoth()
    await database.rows(`update plan set deadline = now() - interval '1 second' where id = $1`, [planId])
    await byTheMinute('lapse_due')
    expect(await database.row('select state from placement where id = $1', [placementId])).toEqual({ state: 'LAPSED' })
  })

  it('forgets keys after a week, and sessions and codes that open nothing', async () => {
    const userId = await world.person('HOST', 'Dana')
    await database.rows(`insert into idempotency_key (actor, key, operation, request_hash, at) values
      ('a', 'old-key-of-last-week', 'x', 'h', now() - interval '8 days'), ('a', 'new-key-of-this-week', 'x', 'h', now())`)
    await database.rows(`insert into session (token_hash, user_id, expires_at) values
      ('gone', $1, now() - interval '1 minute'), ('open', $1, now() + interval '1 hour')`, [userId])
    await database.rows(`insert into sign_in_code (email_index, code_hash, expires_at) values ('i', 'h', now() - interval '2 days')`)
    await lib.pruneJob()
    expect(await database.rows(`select key from idempotency_key where actor = 'a'`)).toEqual([{ key: 'new-key-of-this-week' }])
    expect(await database.rows('select token_hash from session where user_id = $1', [userId])).toEqual([{ token_hash: 'open' }])
    expect(await database.rows(`select 1 from sign_in_code where email_index = 'i'`)).toEqual([])
  })
})

describe('a sign-in code', () => {
  it('is mailed to one mailbox in the language of the page, with no code in the subject', async () => {
    expect(await lib.sendSignInCode({ to: HOST_MAIL, code: '042137', locale: 'en' })).toEqual({ ok: true, value: null })
    expect(server.mails).toEqual([expect.objectContaining({ envelope: [HOST_MAIL], subject: 'Sign-in code' })])
    expect(server.mails[0]?.text).toContain('Sign-in code: 042137')
  })

  it.each([
    ['two mailboxes', 'a@example.org,b@example.org'], ['two with a semicolon', 'a@example.org;b@example.org'],
    ['a line feed', 'a@example.org\nBcc: b@example.org'], ['a carriage return', 'a@example.org\r\nBcc: b@example.org'],
    ['an encoded line feed inside', 'a\u000ab@example.org'], ['a quoted local part', '"a@evil.example"@example.org'],
    ['a quoted local part with a comma', '"x,b@example.org"@example.org'], ['a display name', 'A <a@example.org>'],
    ['a group', 'all:a@example.org,b@example.org;'], ['a comment', 'a(b@example.org)@example.org'], ['white space', 'a b@example.org'],
    ['a NUL', 'a\u0000@example.org'], ['a line separator', 'a\u2028@example.org'], ['nothing before the sign', '@example.org'],
    ['two signs', 'a@b@example.org'], ['an address literal', 'a@[127.0.0.1]'], ['no dot', 'a@localhost'],
    ['255 characters', `${'a'.repeat(60)}@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(20)}`],
    ['route', '@a.example:b@example.org'], ['a trailing dot', 'a.@example.org'], ['angle brackets', '<a@example.org>'],
  ])('is not sent to %s', async (_name, to) => {
    expect(await lib.sendSignInCode({ to, code: '042137', locale: 'ru' })).toEqual({ ok: false, reason: 'NOT_SENT' })
    expect(server.mails).toEqual([])
  })

  it.each(['a+tag@example.org', 'first.last@mail.example.org', 'o%reilly@example.org', 'a@почта.рф'])('is sent to %s', async (to) => {
    expect(await lib.sendSignInCode({ to, code: '042137', locale: 'ru' })).toMatchObject({ ok: true })
    expect(server.mails[0]?.envelope).toHaveLength(1)
  })
})

describe('words', () => {
  const DENIED = /беж|мигр|росс|гост|хозя|жиль|ночл|комнат|адрес|убежищ|ресей|қонақ|үй|босқын|орын|бөлме|мекен|refug|migra|russia|guest|host|shelter|room|home|place|qonaq/i
  const facts = (kind: string, locale: string) => ({
    id: '0183a000-0000-7000-8000-000000000001', kind, to: HOST_MAIL, locale, link: 'https://qonaq.example/ru/answer/t?a="b"&c=<d>',
    nights: { from: '2022-10-14', until: '2022-10-19' }, adults: 1, children: 0, until: '2022-10-19', today: '2022-10-13',
    deadline: new Date('2022-10-13T08:30:00Z'), timeZone: 'Asia/Almaty', state: 'CANCELLED', endedSide: 'HOST',
  }) as Parameters<typeof lib.renderMessage>[0]

  it('of every kind exist in three languages; no subject tells a stranger what this is about', async () => {
    for (const locale of ['ru', 'kk', 'en']) {
      for (const kind of lib.MESSAGE_KINDS) {
        const letter = await lib.renderMessage(facts(kind, locale))
        expect(letter.subject).not.toMatch(DENIED)
        expect(letter.text).not.toMatch(/[{}]|undefined|null|body\./)
      }
    }
    expect((await lib.renderSignInCode({ id: 'x', to: HOST_MAIL, locale: 'ru', code: '1' })).subject).not.toMatch(DENIED)
  })

  it('stand in HTML as text, whatever is in them', async () => {
    const { html } = await lib.renderMessage(facts('ASK_HOST', 'en'))
    expect(html).toContain('href="https://qonaq.example/ru/answer/t?a=&quot;b&quot;&amp;c=&lt;d&gt;"')
    expect(html).not.toContain('<d>')
    expect(html).not.toMatch(/<(img|script|style|link)/)
  })

  it('tell the time of the home, not of the server', async () => {
    expect((await lib.renderMessage(facts('ASK_HOST', 'ru'))).text).toContain('Срок ответа: четверг, 13 октября в 14:30.')
  })

  it('every kind the database posts has its words', async () => {
    const { sources } = await database.row(`select string_agg(prosrc, ' ') as sources from pg_proc where pronamespace = 'public'::regnamespace`)
    const posted = Array.from(String(sources).matchAll(/(?:post_message|tell_hosts|tell_guests)\(([\s\S]*?),|'([A-Z_]+)', '(?:HOST|GUEST)'::side/g), (call) => call[1] ?? `'${call[2] ?? ''}'`)
      .flatMap((first) => Array.from(first.matchAll(/'([A-Z_]+)'/g), (kind) => kind[1]))
    expect(posted.length).toBeGreaterThan(10)
    expect(posted.filter((kind) => !lib.messageKindSchema.safeParse(kind).success)).toEqual([])
  })
})

describe('without a mail server', () => {
  async function reload(environment: Record<string, string>) {
    const before = { ...process.env }
    Reflect.deleteProperty(process.env, 'SMTP_URL')
    Object.assign(process.env, environment)
    vi.resetModules()
    const [{ deliverMessage }, { listOutbox }, { eraseJob }, { withdrawArrival }] = await Promise.all([
      import('@/lib/notifications/deliver'), import('@/lib/notifications/queries'), import('@/lib/jobs/erase'),
      import('@/lib/placements/commands/release'),
    ])
    process.env = before
    return { deliverMessage, listOutbox, eraseJob, withdrawArrival }
  }

  it('a real installation keeps the message and says why', async () => {
    const { placementId } = await askBoth()
    const { deliverMessage } = await reload({})
    const { id } = await messageTo(placementId, 'HOST')
    expect(await deliverMessage(String(id))).toBe('TRY_AGAIN')
    expect(await messageTo(placementId, 'HOST')).toMatchObject({ error_code: 'NO_MAIL_SERVER', delivered_at: null, dead_at: null, attempts: 1 })
  })

  it('the demo takes the letters of whoever is erased out of its outbox, at once or when the day has come', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qonaq-outbox-'))
    const [now, later, others] = [await askBoth(), await askBoth(), await askBoth()]
    const { deliverMessage, listOutbox, eraseJob, withdrawArrival } = await reload({ QONAQ_DEMO: '1', QONAQ_DATA_DIR: folder })
    const written = await database.rows('select id from message where placement_id = any ($1)',
      [[now, later, others].map(({ placementId }) => placementId)])
    for (const { id } of written) expect(await deliverMessage(String(id))).toBe('DELIVERED')
    expect(await listOutbox()).toHaveLength(6)
    const { arrivalId } = now
    await withdrawArrival({ actor: { kind: 'GUEST', arrivalId }, key: world.newKey(), requestHash: 'h', arrivalId, erase: true })
    expect(await listOutbox()).toHaveLength(5)
    await database.rows(`update plan set deadline = now() where id = $1`, [later.planId])
    await database.rows('select lapse_plan($1)', [later.planId])
    await database.rows(`update arrival set from_date = from_date - 60, until_date = until_date - 60 where id = $1`, [later.arrivalId])
    await eraseJob()
    const left = await listOutbox()
    expect(left).toHaveLength(4)
    expect(left.filter(({ to }) => to === GUEST_MAIL)).toHaveLength(1)
    await rm(folder, { recursive: true })
  })

  it('the demo puts it into its outbox, once, where it can be read', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qonaq-outbox-'))
    const { placementId } = await askBoth({ guestLocale: 'en' })
    const { deliverMessage, listOutbox } = await reload({ QONAQ_DEMO: '1', QONAQ_DATA_DIR: folder })
    expect(await listOutbox()).toEqual([])
    const { id } = await messageTo(placementId, 'GUEST')
    expect(await deliverMessage(String(id))).toBe('DELIVERED')
    expect(await deliverMessage(String(id))).toBe('NOTHING_TO_DO')
    const [letter, ...others] = await listOutbox()
    expect(others).toEqual([])
    expect(letter).toMatchObject({ id, to: GUEST_MAIL, subject: 'There is a reply. Open your link.' })
    expect(letter?.text).toContain(letter?.link)
    expect(server.mails).toEqual([])
    await rm(folder, { recursive: true })
  })
})

describe('health', () => {
  it('tells in words how database, schema and queue are', async () => {
    expect(await lib.readHealth()).toMatchObject({ database: 'ok', migrations: 'ok' })
    await database.rows(`insert into graphile_worker._private_known_crontabs values ('t', now(), now())
      on conflict (identifier) do update set last_execution = now()`)
    expect(await lib.readHealth()).toEqual({ database: 'ok', migrations: 'ok', queue: 'ok' })
    await database.rows(`update graphile_worker._private_known_crontabs set last_execution = now() - interval '5 minutes'`)
    expect((await lib.readHealth()).queue).toBe('late')
  })
})

describe('the mail server of the tests', () => {
  it('drops each mail as a file for tests in another process', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'qonaq-mails-'))
    const other = await startMailServer({ dropFolder: folder })
    const { createTransport } = await import('nodemailer')
    const transport = createTransport(other.url)
    await transport.sendMail({ from: 'a@example.org', to: 'b@example.org', subject: 's', text: 't' })
    expect(await readdir(folder)).toEqual(['00001.json'])
    await other.stop()
    await rm(folder, { recursive: true })
  })
})
