import type { Database } from '../src/core/context.ts'
import type { Pool } from '../src/main/database/connect.ts'

interface Statement {
  readonly text: string
  readonly parameters: unknown[]
}

/** The plans of the statements that an action sends, as `explain (analyze, buffers)` prints them. */
export async function explain(sql: Pool, action: (sql: Database) => Promise<unknown>): Promise<string> {
  // The driver reads the types at its first statement, which is not the action’s.
  await sql`select 1`
  const statements = await recordStatements(sql, () => action(sql))
  const plans: string[] = []
  for (const { text, parameters } of statements) {
    const lines = await sql
      .unsafe(`explain (analyze, buffers) ${text}`, parameters as never[], { prepare: true })
      .values()
    plans.push(lines.map(([line]) => String(line)).join('\n'))
  }
  return plans.join('\n\n')
}

/** The driver tells its option `debug` of each statement. */
async function recordStatements(sql: Pool, action: () => Promise<unknown>): Promise<Statement[]> {
  const { debug } = sql.options
  const statements: Statement[] = []
  sql.options.debug = (_connection, text, parameters) => statements.push({ text, parameters })
  try {
    await action()
  } finally {
    sql.options.debug = debug
  }
  return statements
}
