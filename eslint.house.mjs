/**
 * The rules of this house that no public plugin knows, as one ESLint plugin. Each rule is a list of
 * syntax selectors with one sentence that says what to do instead; `eslint.config.mjs` says where it holds.
 *
 * @see docs/adr/0001-four-file-names.md
 */

/** Tables that only `lib/placements/commands` writes. */
const LEDGER = '(placement|plan|hold|yes)'
const PRISMA_WRITE = '/^(create|update|upsert|delete)(Many|ManyAndReturn)?$/'
const SQL_WRITE = [
  `/(insert\\s+into|delete\\s+from|merge\\s+into|truncate(\\s+table)?)\\s+(only\\s+)?(public\\.)?"?${LEDGER}"?(?![\\w-])/i`,
  `/update\\s+(only\\s+)?(public\\.)?"?${LEDGER}"?\\s+([a-z]\\w*\\s+|as\\s+\\w+\\s+)?set\\s/i`,
]
const RAW_METHOD = '/^\\$(query|execute)RawUnsafe$/'

/** @param {string} message @param {readonly string[]} selectors @returns {import('eslint').Rule.RuleModule} */
function forbid(message, selectors) {
  return {
    meta: { type: 'problem', schema: [], messages: { forbidden: message } },
    create(context) {
      const report = (node) => context.report({ node, messageId: 'forbidden' })
      return Object.fromEntries(selectors.map((selector) => [selector, report]))
    },
  }
}

export const house = {
  rules: {
    'no-clock-or-chance': forbid('Pure code reads no clock and no dice: take `now` or a seed as an argument.', [
      'MemberExpression[object.name="Date"][property.name="now"]',
      'NewExpression[callee.name="Date"][arguments.length=0]',
      'CallExpression[callee.name="Date"]',
      'MemberExpression[object.name="Temporal"][property.name="Now"]',
      'MemberExpression[object.name="performance"][property.name="now"]',
      'MemberExpression[object.name="Math"][property.name="random"]',
    ]),
    'no-unsafe-raw': forbid('Values go into SQL as parameters: use the tagged `$queryRaw` and `$executeRaw`.', [
      `MemberExpression[property.name=${RAW_METHOD}]`,
      `MemberExpression > Literal.property[value=${RAW_METHOD}]`,
      'MemberExpression[object.name="Prisma"][property.name="raw"]',
    ]),
    'env-in-one-place': forbid('Only lib/config/env.ts reads the environment; import `env` from there.', [
      'MemberExpression[object.name="process"][property.name="env"]',
      'MemberExpression[object.name="process"] > Literal.property[value="env"]',
      'VariableDeclarator[init.name="process"] Property[key.name="env"]',
      'ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name="env"]',
    ]),
    'no-raw-html': forbid('Text is rendered as text; there is no trusted HTML here.', [
      'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
      'Property[key.name="dangerouslySetInnerHTML"]',
      'Property[key.value="dangerouslySetInnerHTML"]',
      'AssignmentExpression[left.property.name=/^(inner|outer)HTML$/]',
      'CallExpression[callee.property.name="insertAdjacentHTML"]',
    ]),
    'one-writer': forbid('Plans, placements, holds and yeses are written by lib/placements/commands alone.', [
      `CallExpression[callee.property.name=${PRISMA_WRITE}][callee.object.property.name=/^${LEDGER}$/]`,
      ...SQL_WRITE.flatMap((sql) => [`Literal[value=${sql}]`, `TemplateElement[value.raw=${sql}]`]),
    ]),
    'no-coerce': forbid('Coercion turns null, [] and "" into numbers: parse the text you expect.', [
      'MemberExpression[object.name="z"][property.name="coerce"]',
      'ImportDeclaration[source.value=/^zod/] ImportSpecifier[imported.name="coerce"]',
    ]),
    'named-exports': forbid('Export by name; only Next and tool configuration need a default export.', [
      'ExportDefaultDeclaration',
      'ExportSpecifier[exported.name="default"]',
      'ExportAllDeclaration',
    ]),
  },
}
