import Database from 'better-sqlite3'

/**
 * Holds a file for this process until released: an exclusive transaction on an empty database.
 *
 * The operating system gives it back when a process dies, however it dies, which a file with a process id in it does not.
 *
 * @returns null when another process holds it.
 */
export function holdLock(file: string): { release(): void } | null {
  const lock = new Database(file, { timeout: 0 })
  try {
    lock.pragma('locking_mode = EXCLUSIVE')
    // Nothing is ever written here, and a journal would need room that a full disk does not have.
    lock.pragma('journal_mode = OFF')
    lock.exec('begin exclusive')
    return { release: () => void lock.close() }
  } catch (error) {
    lock.close()
    const code = String((error as { code?: unknown }).code)
    if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return null
    throw error
  }
}
