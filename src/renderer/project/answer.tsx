import { NativeSelect, Textarea } from '@mantine/core'
import { useState } from 'react'
import { nextTransition } from '../../core/lifecycle.ts'
import type { Policy } from '../../core/policy.ts'
import type { ProjectDetail } from '../../core/queries/project.ts'
import { useSpells } from '../data/use-spells.ts'
import type { Language } from '../i18n/choose-language.ts'
import { useLanguage } from '../i18n/language.tsx'
import { Card } from '../ui/card.tsx'
import { useNow } from '../ui/clock.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import classes from './project-panel.module.css'
import { writeAnswer } from './read-answer.ts'

interface AnswerProps {
  readonly project: ProjectDetail
  readonly policy: Policy
  readonly platformUrl: string | null
}

/** Chosen by whoever writes to owners, for the next project too; until then it follows the policy's mails. */
let chosen: Language | null = null

/** What to write to the owner now, in the owner's language and not the console's. */
export function Answer({ project, policy, platformUrl }: AnswerProps) {
  const { words, language: own } = useLanguage()
  const { answer } = words.panel
  const [language, setLanguage] = useState(chosen)
  const next = nextTransition(project, policy, useSpells(), useNow())
  const written = language ?? (policy.mailLanguage === 'both' ? own : policy.mailLanguage)
  const text = writeAnswer({ project, next, policy, platformUrl }, written)
  return (
    <Card title={answer.title}>
      <div className={classes.answerHead}>
        <NativeSelect
          size="xs"
          aria-label={answer.language}
          value={written}
          onChange={(event) => {
            chosen = event.currentTarget.value === 'fr' ? 'fr' : 'en'
            setLanguage(chosen)
          }}
          data={[
            { value: 'en', label: answer.english },
            { value: 'fr', label: answer.french },
          ]}
        />
        <CopyButton text={text} label={answer.copy}>
          {answer.copy}
        </CopyButton>
      </div>
      <Textarea aria-label={answer.title} lang={written} readOnly autosize minRows={3} maxRows={7} value={text} />
    </Card>
  )
}
