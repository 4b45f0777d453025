import { TextInput } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useWords } from '../i18n/language.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import classes from './project-panel.module.css'

/** As many are shown at once; more are asked for, or found. */
const fewHostnames = 10

interface HostnameListProps<Item> {
  readonly items: readonly Item[]
  readonly keyOf: (item: Item) => string | number
  readonly hostnameOf: (item: Item) => string
  /** What stands beside and below a hostname. */
  readonly children: (item: Item) => ReactNode
}

/** Hostnames of a project, each to be copied. A long list shows its first ones, and can be searched. */
export function HostnameList<Item>({ items, keyOf, hostnameOf, children }: HostnameListProps<Item>) {
  const { panel: words } = useWords()
  const [isWhole, setWhole] = useState(false)
  const [search, setSearch] = useState('')
  const part = search.trim().toLowerCase()
  const isLong = items.length > fewHostnames
  const found = part === '' ? items : items.filter((item) => hostnameOf(item).toLowerCase().includes(part))
  const shown = isWhole || !isLong ? found : found.slice(0, fewHostnames)
  return (
    <>
      {isLong && (
        <TextInput
          size="xs"
          aria-label={words.findHostname}
          placeholder={words.findHostname}
          value={search}
          maxLength={255}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      <ul className={classes.domains}>
        {shown.map((item) => {
          const hostname = hostnameOf(item)
          return (
            <li key={keyOf(item)}>
              <span className={classes.copied}>
                <bdi className={`mono ${classes.whole}`}>{hostname}</bdi>
                <CopyButton text={hostname} label={words.copy.of(hostname)} />
              </span>
              {children(item)}
            </li>
          )
        })}
      </ul>
      {isLong && (
        <p className={classes.more}>
          <span className="muted" role="status">
            {words.hostnamesShown(shown.length, items.length)}
          </span>
          {(isWhole || found.length > fewHostnames) && (
            <button type="button" className={classes.link} onClick={() => setWhole(!isWhole)}>
              {isWhole ? words.showFewerHostnames : words.showAllHostnames(found.length)}
            </button>
          )}
        </p>
      )}
    </>
  )
}
