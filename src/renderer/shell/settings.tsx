import { useMantineColorScheme } from '@mantine/core'
import { IconSettings } from '@tabler/icons-react'
import { useId, useRef } from 'react'
import { languageChoices } from '../i18n/choose-language.ts'
import { useFormats, useLanguage } from '../i18n/language.tsx'
import { themeChoices } from '../ui/theme-choices.ts'
import classes from './settings.module.css'

/** What the reader decides of this window: language and appearance, kept for the next time. */
export function Settings({ onHelp }: { onHelp: () => void }) {
  const { words, choice, setLanguage } = useLanguage()
  const { settings } = words.everywhere
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const formats = useFormats()
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  return (
    <>
      <button
        type="button"
        className={classes.open}
        popoverTarget={id}
        aria-label={settings.open}
        title={settings.open}
      >
        <IconSettings size={17} stroke={1.7} aria-hidden={true} />
      </button>
      <div ref={menu} id={id} popover="auto" className={classes.menu} role="dialog" aria-label={settings.open}>
        <Choices
          label={settings.language}
          values={languageChoices}
          words={settings.languages}
          value={choice}
          onChoose={setLanguage}
        />
        <Choices
          label={settings.theme}
          values={themeChoices}
          words={settings.themes}
          value={colorScheme}
          onChoose={setColorScheme}
        />
        <p className="muted">{settings.zone(formats.zone)}</p>
        <div className={classes.ways}>
          <button
            type="button"
            className={classes.way}
            onClick={() => {
              menu.current?.hidePopover()
              onHelp()
            }}
          >
            {settings.keys}
          </button>
        </div>
      </div>
    </>
  )
}

interface ChoicesProps<Value extends string> {
  readonly label: string
  readonly values: readonly Value[]
  readonly words: Readonly<Record<Value, string>>
  readonly value: Value
  readonly onChoose: (value: Value) => void
}

function Choices<Value extends string>({ label, values, words, value, onChoose }: ChoicesProps<Value>) {
  const name = useId()
  return (
    <fieldset className={classes.choices}>
      <legend>{label}</legend>
      {values.map((each) => (
        <label key={each} className={classes.choice}>
          <input type="radio" name={name} checked={each === value} onChange={() => onChoose(each)} />
          {words[each]}
        </label>
      ))}
    </fieldset>
  )
}
