import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

interface Stage {
  readonly name: string
  readonly folder: string
  readonly timeout: number
}

/** A project per stage of `npm test`; the timeouts are for a slow office PC, not for what the tests should take. */
const STAGES: readonly Stage[] = [
  { name: 'unit', folder: 'test/unit', timeout: 10_000 },
  { name: 'integration', folder: 'test/integration', timeout: 30_000 },
  { name: 'migration', folder: 'test/migrations', timeout: 30_000 },
  { name: 'sync', folder: 'test/sync', timeout: 60_000 },
]

export default defineConfig({
  test: {
    // Processes, not threads: the SQLite addon and its locks are tested as the product uses them, one per process.
    pool: 'forks',
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Requiring `electron` in plain Node starts a download; no test may do that by accident.
    env: { ELECTRON_OVERRIDE_DIST_PATH: 'no-electron-in-tests' },
    projects: STAGES.map(({ name, folder, timeout }) => ({
      extends: true as const,
      test: {
        name,
        include: [`${folder}/**/*.test.{ts,tsx}`],
        testTimeout: timeout,
        hookTimeout: timeout,
      },
    })),
  },
})
