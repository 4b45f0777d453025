import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { minSearchLength } from '../../core/queries/projects.ts'
import { useTRPC } from '../data/trpc.ts'
import { useWords } from '../i18n/language.tsx'
import { Name } from '../ui/name.tsx'
import classes from './filters.module.css'

interface TeamFilterProps {
  readonly teamId: string | null
  readonly teamName: (id: string) => string
  readonly onChange: (teamId: string | null) => void
}

const pauseMs = 200

/** One team, found by a part of its name. */
export function TeamFilter({ teamId, teamName, onChange }: TeamFilterProps) {
  const trpc = useTRPC()
  const { list, state } = useWords()
  const [typed, setTyped] = useState('')
  const [part] = useDebouncedValue(typed.trim(), pauseMs)
  const chosen = teamId === null ? null : teamName(teamId)
  const isAsked = part.length >= minSearchLength && part !== chosen
  const { data, isFetching } = useQuery({
    ...trpc.projects.teams.queryOptions({ part }),
    enabled: isAsked,
    placeholderData: keepPreviousData,
  })
  const found = isAsked ? (data ?? []) : []
  const slugs = new Map(found.map(({ id, slug }) => [id, slug]))
  const isChosenFound = found.some(({ id }) => id === teamId)
  return (
    <Select
      label={list.team}
      placeholder={list.teamPlaceholder}
      searchable={true}
      clearable={true}
      maxLength={100}
      value={teamId}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      data={[
        ...(teamId === null || isChosenFound ? [] : [{ value: teamId, label: chosen ?? teamId }]),
        ...found.map(({ id, name }) => ({ value: id, label: name })),
      ]}
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={classes.team}>
          <Name text={option.label} />
          <span className={classes.slug}>{slugs.get(option.value)}</span>
        </span>
      )}
      nothingFoundMessage={isAsked ? (isFetching ? state.loading : list.noTeam) : list.teamHint(minSearchLength)}
      comboboxProps={{ withinPortal: false }}
    />
  )
}
