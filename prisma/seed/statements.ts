import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** One of the SQL statements beside this file. */
export async function readStatement(name: 'audit' | 'backdate' | 'clocks'): Promise<string> {
  return readFile(fileURLToPath(new URL(`./${name}.sql`, import.meta.url)), 'utf8')
}
