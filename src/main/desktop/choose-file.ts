import { type BrowserWindow, dialog } from 'electron'

/** Asks where to keep a file of this name, by the system's own dialog; null: the person changed their mind. */
export async function chooseFile(window: BrowserWindow | null, suggestedName: string): Promise<string | null> {
  const extension = suggestedName.split('.').at(-1) ?? ''
  const options = {
    defaultPath: suggestedName,
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    // On Linux, where the dialog does not ask by itself before it overwrites.
    properties: ['createDirectory' as const, 'showOverwriteConfirmation' as const],
  }
  const answer = await (window === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(window, options))
  return answer.canceled ? null : answer.filePath
}
