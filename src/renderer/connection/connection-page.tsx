import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTRPC } from '../data/trpc.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Mark } from '../shell/mark.tsx'
import { InlineError } from '../ui/error-panel.tsx'
import { ConnectionForm, type ConnectionState } from './connection-form.tsx'
import classes from './connection-page.module.css'

const titles = {
  first: ['firstTitle', 'firstLead'],
  password: ['passwordTitle', 'passwordLead'],
  change: ['changeTitle', 'changeLead'],
} as const satisfies Record<string, readonly [string, string]>

/** The choice between the sample and a platform's database, before anything is started or when somebody comes back to it. */
export function ConnectionPage({ state }: { state: ConnectionState }) {
  const { language, words, setLanguage } = useLanguage()
  const text = words.connection
  const trpc = useTRPC()
  const sample = useMutation(trpc.connection.choose.mutationOptions({ onSuccess: enter }))
  const [title, lead] = titles[state.question ?? 'change']
  return (
    <main className={classes.page}>
      <div className={classes.content}>
        <header className={classes.header}>
          <Mark />
          <div>
            <h1>{text[title]}</h1>
            <p className="muted">{text[lead]}</p>
          </div>
          <div className={classes.aside}>
            {state.question === null && <a href="#/">{text.back}</a>}
            <button
              type="button"
              className={classes.language}
              lang={language === 'en' ? 'fr' : 'en'}
              onClick={() => setLanguage(language === 'en' ? 'fr' : 'en')}
            >
              {words.shell.otherLanguage}
            </button>
          </div>
        </header>
        <section className={classes.card} aria-labelledby="connection-sample">
          <div className={classes.sample}>
            <div>
              <h2 id="connection-sample">{text.sampleTitle}</h2>
              <p className="muted">{text.sampleText}</p>
            </div>
            <Button
              variant="default"
              aria-disabled={sample.isPending}
              onClick={() => {
                if (!sample.isPending) sample.mutate({ kind: 'sample' })
              }}
            >
              {text.sample}
            </Button>
          </div>
          <p role="status" className={classes.status}>
            {sample.isPending && text.openingSample}
          </p>
          {sample.error !== null && <InlineError error={sample.error} />}
        </section>
        <section className={classes.card} aria-labelledby="connection-platform">
          <div>
            <h2 id="connection-platform">{text.platformTitle}</h2>
            <p className="muted">{text.platformText}</p>
          </div>
          <ConnectionForm state={state} onOpened={enter} />
        </section>
      </div>
    </main>
  )
}

/** Everything that was read of another database goes with the page. */
function enter(): void {
  window.history.replaceState(null, '', '#/')
  window.location.reload()
}
