import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { createDatabase } from './database'

// Runs before each integration test file and before its imports, so that `lib/config/env.ts` finds a complete
// environment with a database of the file's own.
const key = (letter: string) => Buffer.alloc(32, letter).toString('base64url')

Object.assign(process.env, {
  DATABASE_URL: await createDatabase({
    port: inject('databasePort'), name: `test_${randomBytes(6).toString('hex')}`, from: 'template',
  }),
  NEXTAUTH_SECRET: 'a-secret-of-the-tests-that-is-long-enough',
  NEXTAUTH_URL: 'http://localhost:3000',
  // AES-256 key in cloak's notation: base64url with its padding
  QONAQ_SEAL_KEYS: `k1.aesgcm256.${key('s')}=`,
  QONAQ_INDEX_KEY: key('i'),
  QONAQ_TICKET_KEY: key('t'),
  QONAQ_DEMO: '0',
  LOG_LEVEL: 'silent',
  DATABASE_POOL: '10',
})
