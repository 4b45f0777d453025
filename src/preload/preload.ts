/*
 * The one bridge into the page: it carries the messages of src/core/rpc-message.ts and knows nothing of them. The page
 * gets neither ipcRenderer nor its events, and reaches no other channel.
 */
import { contextBridge, type IpcRendererEvent, ipcRenderer } from 'electron'

/** The same as in src/main/desktop/ipc.ts: a sandboxed preload shares no files. */
const rpcChannel = 'vigie:rpc'

contextBridge.exposeInMainWorld('vigie', {
  send: (request: unknown) => ipcRenderer.send(rpcChannel, request),
  subscribe: (listener: (reply: unknown) => void) => {
    const forward = (_event: IpcRendererEvent, reply: unknown) => listener(reply)
    ipcRenderer.on(rpcChannel, forward)
    return () => {
      ipcRenderer.removeListener(rpcChannel, forward)
    }
  },
})
