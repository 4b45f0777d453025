import { Button, NativeSelect, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useRef, useState } from 'react'
import {
  type ConnectionField,
  checkConnection,
  connectionFields,
  readConnection,
  type TypedConnection,
  tlsModes,
} from '../../core/connection.ts'
import type { Outputs } from '../data/trpc.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import classes from './connection-page.module.css'
import { TestResult } from './test-result.tsx'

export type ConnectionState = Outputs['connection']['get']

interface ConnectionFormProps {
  readonly state: ConnectionState
  readonly onOpened: () => void
}

const fresh: TypedConnection = {
  host: '',
  port: '5432',
  database: '',
  user: '',
  password: '',
  tlsMode: 'verify-full',
}

/** Asks for a platform's database, tests what was typed, and uses exactly what was tested. */
export function ConnectionForm({ state, onOpened }: ConnectionFormProps) {
  const { connection: words } = useWords()
  const trpc = useTRPC()
  const [typed, setTyped] = useState<TypedConnection>(() => ({ ...fresh, ...state.kept, port: portOf(state) }))
  const [left, setLeft] = useState<ReadonlySet<ConnectionField>>(new Set())
  const form = useRef<HTMLFormElement>(null)
  const test = useMutation(trpc.connection.test.mutationOptions())
  const choose = useMutation(
    trpc.connection.choose.mutationOptions({ onSuccess: (result) => result?.kind === 'connected' && onOpened() }),
  )
  const problems = checkConnection(typed)
  const isBusy = test.isPending || choose.isPending
  const result = choose.data ?? test.data
  const isTested = result?.kind === 'connected'
  const error = choose.error ?? test.error

  const change = (field: ConnectionField, value: string) => {
    setTyped((former) => withField(former, field, value))
    // What was tested is not what stands there now.
    test.reset()
    choose.reset()
  }
  const fieldProps = (field: ConnectionField) => {
    const problem = left.has(field) ? problems[field] : undefined
    return {
      name: field,
      label: words.fields[field],
      value: typed[field],
      readOnly: isBusy,
      error: problem && words.problems[problem],
      onBlur: () => setLeft((former) => new Set(former).add(field)),
      onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
        change(field, event.currentTarget.value),
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    setLeft(new Set(connectionFields))
    const connection = readConnection(typed)
    const wrong = connectionFields.find((field) => problems[field] !== undefined)
    if (wrong !== undefined) form.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus()
    if (connection === null) return
    if (isTested) choose.mutate({ kind: 'platform', connection })
    else test.mutate(connection)
  }

  const action = isTested ? words.use : words.test
  const working = choose.isPending ? words.usingIt : words.testing
  return (
    <form ref={form} className={classes.form} aria-label={words.platformTitle} onSubmit={submit} noValidate>
      <div className={classes.server}>
        <TextInput {...fieldProps('host')} {...plain} autoFocus={state.question === null} />
        <TextInput {...fieldProps('port')} {...plain} inputMode="numeric" />
      </div>
      <TextInput {...fieldProps('database')} {...plain} />
      <div className={classes.login}>
        <TextInput {...fieldProps('user')} {...plain} />
        <TextInput
          {...fieldProps('password')}
          {...plain}
          type="password"
          autoFocus={state.question === 'password'}
          {...(problems.password === undefined && { 'aria-describedby': 'connection-password-kept' })}
        />
      </div>
      <p id="connection-password-kept" className={classes.hint}>
        {state.canKeepPassword ? words.kept : words.notKept}
      </p>
      <NativeSelect
        {...fieldProps('tlsMode')}
        data={tlsModes.map((mode) => ({ value: mode, label: words.tlsModes[mode] }))}
        description={words.tlsHints[typed.tlsMode]}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        classNames={{ description: typed.tlsMode === 'verify-full' ? classes.hint : classes.weak }}
      />
      <div role="status">{result != null && <TestResult result={result} />}</div>
      {error !== null && <InlineError error={error} />}
      <div>
        <Button type="submit" aria-disabled={isBusy}>
          {isBusy ? working : action}
        </Button>
      </div>
    </form>
  )
}

/** Names and passwords are no words of a language, and no browser's to remember. */
const plain = { autoComplete: 'off', spellCheck: false, autoCapitalize: 'off', dir: 'ltr' } as const

function portOf({ kept }: ConnectionState): string {
  return kept === null ? fresh.port : String(kept.port)
}

function withField(former: TypedConnection, field: ConnectionField, value: string): TypedConnection {
  if (field !== 'tlsMode') return { ...former, [field]: value }
  return { ...former, tlsMode: tlsModes.find((mode) => mode === value) ?? former.tlsMode }
}
