/** Files being imported, by import id; they live in memory from opening to commit, cancel or lock. */
export type RosterSessions = Map<string, unknown>

export const createRosterSessions = (): RosterSessions => new Map()
