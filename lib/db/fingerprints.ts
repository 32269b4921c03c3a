import 'server-only'
import { parseKeySync } from '@47ng/cloak'

/** What a sealed value says of its key: by this the keys that are known can be told from others without opening anything. */
export function fingerprintsOf(sealKeys: string): string[] {
  return sealKeys.split(',').filter(Boolean).map((key) => parseKeySync(key).fingerprint)
}
