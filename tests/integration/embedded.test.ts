import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { startEmbedded } from '@/lib/db/embedded'

const PASSWORD = 'only-for-this-test'
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qonaq-embedded-'))
  await chmod(folder, 0o755)
  return () => rm(folder, { recursive: true, force: true })
})

async function ask(connectionString: string, question: string): Promise<unknown> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(question)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

it('keeps its data between starts, for the password of the first', async () => {
  const dataDir = join(folder, 'kept')
  const first = await startEmbedded({ dataDir, password: PASSWORD })
  await ask(first.connectionString, 'create table guest (name text)')
  await expect(ask(first.connectionString.replace(PASSWORD, 'guessed'), 'select 1 as answer')).rejects.toMatchObject({ code: '28P01' })
  await first.stop()
  const second = await startEmbedded({ dataDir, password: PASSWORD })
  expect(await ask(second.connectionString, 'select count(*)::int as answer from guest')).toBe(0)
  expect(await ask(second.connectionString, `select upper('қонақ әже іні') as answer`)).toBe('ҚОНАҚ ӘЖЕ ІНІ')
  await second.stop()
})

it('says in one sentence that a data folder is in use', async () => {
  const dataDir = join(folder, 'shared')
  const first = await startEmbedded({ dataDir, password: PASSWORD })
  await expect(startEmbedded({ dataDir, password: PASSWORD })).rejects.toThrow(/^The data folder .+ is in use by another start \(process \d+\); stop that one first\.$/)
  await first.stop()
})

it('is not kept out by the note of a server that went down with its machine', async () => {
  const dataDir = join(folder, 'left')
  const first = await startEmbedded({ dataDir, password: PASSWORD })
  await first.stop()
  await writeFile(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n0\n5432\n`)
  const second = await startEmbedded({ dataDir, password: PASSWORD })
  expect(await ask(second.connectionString, 'select 1 as answer')).toBe(1)
  await second.stop()
})
