import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import type { Outputs } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import classes from './connection-page.module.css'

type Result = Outputs['connection']['test']

/** Whoever looks at a clock sees less than this as agreement. */
const noticeableSkewMs = 1_000

/** What the test found, in words. */
export function TestResult({ result }: { result: Result }) {
  const { connection: words } = useWords()
  if (result.kind === 'failed') {
    const hasMore = result.failure === 'other' || result.failure === 'not-a-platform'
    return (
      <div className={classes.failed}>
        <IconAlertTriangle size={17} stroke={1.7} aria-hidden={true} />
        <div>
          <p className={classes.resultTitle}>{words.fails}</p>
          <p>{words.failures[result.failure]}</p>
          {hasMore && (
            <p className="mono" lang="en">
              {result.message}
            </p>
          )}
        </div>
      </div>
    )
  }
  const { serverVersion, level, isReadOnly, skewMs } = result.facts
  return (
    <div className={level === 'ready' && !isReadOnly ? classes.connected : classes.limited}>
      <IconCircleCheck size={17} stroke={1.7} aria-hidden={true} />
      <div>
        <p className={classes.resultTitle}>{words.works}</p>
        <ul>
          <li>{words.server(serverVersion)}</li>
          <li>{words.levels[level]}</li>
          <li>{isReadOnly ? words.readOnly : words.writable}</li>
          <li>{skewSentence(skewMs, words)}</li>
        </ul>
      </div>
    </div>
  )
}

function skewSentence(skewMs: number, words: ReturnType<typeof useWords>['connection']): string {
  if (Math.abs(skewMs) < noticeableSkewMs) return words.sameTime
  const seconds = Math.round(Math.abs(skewMs) / 1000)
  return skewMs > 0 ? words.ahead(seconds) : words.behind(seconds)
}
