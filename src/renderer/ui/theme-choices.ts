import { localStorageColorSchemeManager } from '@mantine/core'

/** `auto`: as the system. */
export const themeChoices = ['auto', 'light', 'dark'] as const

/** Keeps the choice beside that of the language. */
export const themeMemory = localStorageColorSchemeManager({ key: 'vigie.theme' })
