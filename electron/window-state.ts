import { readFileSync, writeFileSync } from 'node:fs'
import { screen, type BrowserWindow, type Rectangle } from 'electron'
import * as z from 'zod'

/** Where the window was and how large; kept in Chromium's own folder, since it says nothing about anybody. */
const WindowState = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof WindowState>

/** So much of the title bar must be on a screen that it can be grasped. */
const GRASP = { width: 120, height: 40 }

/** The window as it was left; null when there is nothing that makes sense, or the screen it was on is gone. */
export function lastWindowState(file: string): WindowState | null {
  try {
    const state = WindowState.parse(JSON.parse(readFileSync(file, 'utf8')))
    return screen.getAllDisplays().some(({ workArea }) => canBeGrasped(state.bounds, workArea)) ? state : null
  } catch {
    return null // absent or damaged: the window opens at its usual size
  }
}

function canBeGrasped({ x, y, width }: Rectangle, area: Rectangle): boolean {
  const across = Math.min(x + width, area.x + area.width) - Math.max(x, area.x)
  const down = area.y + area.height - y
  return across >= GRASP.width && y >= area.y && down >= GRASP.height
}

/** Notes the window's place when it closes. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() }
    try {
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 })
    } catch {
      // The next window opens at its usual size, and that is all.
    }
  })
}
