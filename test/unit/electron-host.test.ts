import { EventEmitter } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { dir, sent, standIn, startMain } from '../helpers/electron-main.ts'

describe('what the page asks of its window', () => {
  const ask = (name: string, input: unknown) => {
    const contents = standIn.windows[0]?.contents.api
    const event = { senderFrame: { url: 'app://bundle/index.html', parent: null }, sender: contents }
    return standIn.ipcHandlers.get('core')?.(event, name, input)
  }

  test('is answered here and not passed on to the core', async () => {
    await startMain()
    expect(await ask('host.setLanguage', { language: 'en' })).toEqual({ ok: true, data: {} })
    expect(sent()).toHaveLength(1)
  })

  test('is parsed: a bad input is refused by name', async () => {
    await startMain()
    const refusal = { ok: false, code: 'invalid-input' }
    expect(await ask('host.setLanguage', { language: 'fr' })).toMatchObject(refusal)
    expect(await ask('host.savePdf', { fileName: '' })).toMatchObject(refusal)
    expect(await ask('host.savePdf', null)).toMatchObject(refusal)
    ask('host.toString', {})
    expect(sent().at(-1)).toMatchObject({ name: 'host.toString' })
  })

  test('a language changes the menu and the dialogs', async () => {
    await startMain()
    const fileMenu = () => (standIn.menus.at(-1) as { label: string }[])[0]?.label
    expect(fileMenu()).toBe('文件')
    await ask('host.setLanguage', { language: 'en' })
    expect(fileMenu()).toBe('File')
    standIn.children[0]?.events.emit('exit', 1)
    expect(standIn.dialog.showErrorBox.mock.calls[0]?.[0]).toBe('The program cannot run')
  })

  test('a PDF is printed and put where the officer says, under a name the system takes', async () => {
    await startMain()
    const filePath = join(dir, 'a.pdf')
    standIn.dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath })
    expect(await ask('host.savePdf', { fileName: '..\\未谈/名单: 2026?' })).toEqual({ ok: true, data: { saved: true } })
    expect(readFileSync(filePath, 'utf8')).toBe('%PDF-')
    const [, options] = standIn.dialog.showSaveDialog.mock.calls[0] as unknown as [unknown, { defaultPath: string }]
    expect(options.defaultPath).toBe('_未谈_名单_ 2026_.pdf')
  })

  test('a PDF that nobody wants or that cannot be written is not said to be saved', async () => {
    await startMain()
    expect(await ask('host.savePdf', { fileName: '名单' })).toEqual({ ok: true, data: { saved: false } })
    standIn.dialog.showSaveDialog.mockResolvedValueOnce({ canceled: false, filePath: join(dir, 'absent/a.pdf') })
    expect(await ask('host.savePdf', { fileName: '名单' })).toMatchObject({ ok: false, code: 'file-unwritable' })
  })

  test('a file it offers gets the system’s save dialog, and a failure is told', async () => {
    await startMain()
    const item = Object.assign(new EventEmitter(), {
      getURL: () => 'blob:app://bundle/6f1c',
      getFilename: () => '干部/名册.xlsx',
      setSaveDialogOptions: vi.fn(),
    })
    const event = { preventDefault: vi.fn() }
    standIn.session.events.emit('will-download', event, item)
    expect(event.preventDefault).not.toHaveBeenCalled()
    expect(item.setSaveDialogOptions.mock.calls[0]?.[0]).toMatchObject({
      defaultPath: '干部_名册.xlsx',
      filters: [{ name: 'XLSX', extensions: ['xlsx'] }],
    })
    item.emit('done', {}, 'completed')
    expect(standIn.dialog.showErrorBox).not.toHaveBeenCalled()
    standIn.session.events.emit('will-download', event, item)
    item.emit('done', {}, 'interrupted')
    expect(standIn.dialog.showErrorBox).toHaveBeenCalledOnce()
  })
})
