import { Button, createTheme, type MantineColorsTuple, NativeSelect, Textarea, TextInput } from '@mantine/core'

const accent: MantineColorsTuple = [
  '#eef4fd',
  '#dce8fa',
  '#b9d2f4',
  '#8db5ec',
  '#6399e2',
  '#3f7fd6',
  '#2a6bc8',
  '#1f5fbf',
  '#1a50a3',
  '#143f82',
]

const danger: MantineColorsTuple = [
  '#fdecea',
  '#fad4d0',
  '#f3aaa4',
  '#ec7f77',
  '#e25c52',
  '#d4443a',
  '#c4352b',
  '#b3261e',
  '#961d17',
  '#7a1510',
]

/** Mantine takes its dark surfaces, borders and texts from here; the same as in tokens.css. */
const dark: MantineColorsTuple = [
  '#e3e8ee',
  '#a0abb8',
  '#8b98a7',
  '#6b7785',
  '#3a4653',
  '#28313b',
  '#1c232b',
  '#161b21',
  '#0f1317',
  '#0b0e12',
]

/** System fonts: nothing is loaded, and the console looks at home on each machine. */
const sans =
  '-apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, Cantarell, "Noto Sans", "Liberation Sans", Arial, sans-serif'
const mono = 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Noto Sans Mono", "Liberation Mono", monospace'

/** Compact and quiet: 13 px text, small radii, one accent. The colours of surfaces and states are in tokens.css. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 7, dark: 6 },
  colors: { accent, danger, dark },
  fontFamily: sans,
  fontFamilyMonospace: mono,
  fontSizes: { xs: '13px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 'sm',
  radius: { sm: '5px', md: '8px' },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: Button.extend({ defaultProps: { size: 'xs' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'xs' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'xs', errorProps: { fz: 12 } } }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'xs', errorProps: { fz: 12 } } }),
  },
})
