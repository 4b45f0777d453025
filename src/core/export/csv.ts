/**
 * CSV as RFC 4180 has it: commas, CRLF, a field with quotes where it needs them. What people call their projects is text
 * in every spreadsheet: none takes it for a formula (OWASP, "CSV Injection").
 */

/** Spreadsheets in many languages take a file for UTF-8 only if it begins with this. */
export const byteOrderMark = '\ufeff'

/** Marks that turn the writing direction of what follows, and would show a line in another order than it has. */
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** What makes a spreadsheet compute at the start of a field; signs also in the wide forms of East Asian fonts. */
const formulaStart = /^(?=[\t\r\n]|"*[=+\-@\uff1d\uff0b\uff0d\uff20])/

/** The same after what separates fields where the comma does not: semicolon, tab and line break; with quotes between or not. */
const innerStarts = /([;\t\r\n])(?="*[=+\-@\uff1d\uff0b\uff0d\uff20])/g

/** One line with its end. Null is an empty field. */
export function csvLine(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map(csvField).join(',')}\r\n`
}

function csvField(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return value === null ? '' : String(value)
  const text = value.replace(directionMarks, '').replace(innerStarts, "$1'").replace(formulaStart, "'")
  return /[",;\t\r\n']|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
