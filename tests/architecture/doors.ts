import ts from 'typescript'
import { walk } from './tree'

/** What a file imports first. */
export function firstImport(source: ts.SourceFile): string | undefined {
  const statement = source.statements.find(ts.isImportDeclaration)
  return statement && ts.isStringLiteral(statement.moduleSpecifier) ? statement.moduleSpecifier.text : undefined
}

/** Every directive (`use server`) in a file, at its top or inside a function. */
export function directivesIn(source: ts.SourceFile): string[] {
  return walk(source)
    .filter(ts.isExpressionStatement)
    .flatMap(({ expression }) => (ts.isStringLiteral(expression) && expression.text.startsWith('use ') ? [expression.text] : []))
}

function isExported(statement: ts.Statement): boolean {
  return ts.canHaveModifiers(statement) && (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
}

/** Names an action file exports that are not made by `defineAction(…)`. */
export function strangeExports(source: ts.SourceFile): string[] {
  return source.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return [statement.getText(source)]
    if (!isExported(statement)) return []
    if (!ts.isVariableStatement(statement)) return [statement.getText(source).split('\n', 1)[0] ?? '']
    return statement.declarationList.declarations.filter((one) => !isDefined(one.initializer)).map((one) => one.name.getText(source))
  })
}

function isDefined(value: ts.Expression | undefined): boolean {
  return value !== undefined && ts.isCallExpression(value) && ts.isIdentifier(value.expression) && value.expression.text === 'defineAction'
}

/** True when the file's first statement is the directive. */
export function opensWith(source: ts.SourceFile, directive: string): boolean {
  const [first] = source.statements
  return first !== undefined && ts.isExpressionStatement(first) && ts.isStringLiteral(first.expression)
    && first.expression.text === directive
}
