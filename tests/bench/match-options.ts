import { parseArgs } from 'node:util'
import { InstanceError } from './match-instance'

const OPTIONS = {
  json: { type: 'boolean', default: false },
  full: { type: 'boolean', default: false },
  online: { type: 'boolean', default: false },
  instance: { type: 'string' },
  sizes: { type: 'string' },
  geographies: { type: 'string' },
  seed: { type: 'string', default: '1' },
  'no-peers': { type: 'boolean', default: false },
  /** One size in this process: how the benchmark calls itself. */
  alone: { type: 'boolean', default: false },
} as const

function parse(args: string[]) {
  return parseArgs({ args, options: OPTIONS }).values
}

/** What was asked for on the command line; a slip is told to `fail` in one sentence. */
export function readOptions(args: string[], fail: (sentence: string) => never): ReturnType<typeof parse> {
  try {
    return parse(args)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const name = /--[\w-]+/.exec(message)?.[0]
    const isForgotten = code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && name !== undefined && !message.includes('does not take')
    return fail(isForgotten ? `${name} wants ${name === '--instance' ? 'the name of a file' : 'a value'} after it` : message.replaceAll('\n', ' '))
  }
}

/** What is wrong with the file, in a sentence; undefined for what is no fault of the file. */
export function problemOf(error: unknown, path: string): string | undefined {
  if (error instanceof InstanceError || error instanceof RangeError) return `${path}: ${error.message}`
  // other errors have a code as well, an assertion's for one: only the system's say which call failed
  if (error instanceof Error && 'syscall' in error) return `${path} cannot be read: ${error.message}`
  return undefined
}
