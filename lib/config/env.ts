import { createEnv } from '@t3-oss/env-nextjs'
import { z } from 'zod'

const key32 = z.string().regex(/^[A-Za-z0-9_-]{43}=?$/, 'expects 32 random bytes in base64url')
const sealKeys = z
  .string()
  .regex(/^k1\.aesgcm256\.[A-Za-z0-9_=-]+(,k1\.aesgcm256\.[A-Za-z0-9_=-]+)*$/, 'expects one or more cloak keys, commas between')

/** The only reader of the environment. A missing or malformed value stops the process at the first import. */
export const env = createEnv({
  server: {
    NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    NEXTAUTH_SECRET: z.string().min(32),
    NEXTAUTH_URL: z.url(),
    QONAQ_SEAL_KEYS: sealKeys,
    QONAQ_INDEX_KEY: key32,
    QONAQ_TICKET_KEY: key32,
    QONAQ_DEMO: z.enum(['0', '1']).default('0'),
    QONAQ_DATA_DIR: z.string().min(1).default('.data'),
    QONAQ_DESK_PHONE: z.string().min(3).max(30).optional(),
    SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    MAIL_FROM: z.string().min(3).default('Qonaq <qonaq@localhost>'),
    TRUST_PROXY: z.enum(['0', '1']).default('0'),
    LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
    DATABASE_POOL: z.string().regex(/^[1-9]\d?$/).default('10'),
  },
  experimental__runtimeEnv: {},
  emptyStringAsUndefined: true,
})

/** True on the embedded database with demo data: demo doors and the outbox page exist only then. */
export const isDemo = env.QONAQ_DEMO === '1'
