import compile from 'icu-minify/compile'

/** What a message asks of whoever shows it. */
export interface MessageShape {
  /** Arguments and tags (`<link>`), each once, sorted. */
  names: string[]
  /** The forms of each plural in it. */
  plurals: string[][]
}

const POUND = 0
const SELECTS = [1, 2, 3]
const CARDINAL = 2

/**
 * Parses an ICU message.
 *
 * Reads the compiler's own output: text, `[name]` for an argument, `[name, kind, options]` for a typed one and
 * `[name, ...children]` for a tag.
 *
 * @throws Error when the message does not parse.
 */
export function readMessage(text: string): MessageShape {
  const shape: MessageShape = { names: [], plurals: [] }
  readList(compile(text), shape)
  return { names: [...new Set(shape.names)].sort(), plurals: shape.plurals }
}

function readList(list: unknown, shape: MessageShape): void {
  if (Array.isArray(list)) list.forEach((node) => readNode(node, shape))
}

function readNode(node: unknown, shape: MessageShape): void {
  if (!Array.isArray(node)) return
  const [name, kind, options] = node as [string, unknown, unknown]
  const isTag = node.length > 1 && (typeof kind !== 'number' || kind === POUND)
  shape.names.push(isTag ? `<${name}>` : name)
  if (isTag) node.slice(1).forEach((child) => readNode(child, shape))
  if (isTag || typeof kind !== 'number') return
  if (!SELECTS.includes(kind) || typeof options !== 'object' || options === null) return
  if (kind === CARDINAL) shape.plurals.push(Object.keys(options))
  Object.values(options).forEach((branch) => readList(branch, shape))
}
