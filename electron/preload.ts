import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'

/**
 * All that the page gets of Electron: one function on one fixed channel, and the events that come back on it.
 *
 * Sandboxed, so nothing but `electron` can be imported here, and neither `ipcRenderer` nor its event ever reaches the page.
 */
contextBridge.exposeInMainWorld('core', {
  call: (name: string, input: unknown): Promise<unknown> => ipcRenderer.invoke('core', name, input),
  onEvent: (listener: (event: unknown) => void): (() => void) => {
    const told = (_: IpcRendererEvent, event: unknown) => listener(event)
    ipcRenderer.on('core', told)
    return () => void ipcRenderer.off('core', told)
  },
})
