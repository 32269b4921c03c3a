import 'server-only'
import pino from 'pino'
import { env } from '@/lib/config/env'

/** The log: ids, codes and durations. Values that could name a person are cut out wherever they stand. */
export const log = pino({
  level: env.LOG_LEVEL,
  base: null,
  redact: {
    paths: ['email', 'contact', 'address', 'nickname', 'name', 'token', 'code', '*.email', '*.contact', '*.address',
      '*.nickname', '*.name', '*.token', 'err.meta', 'err.message', 'err.stack'],
    remove: true,
  },
})
