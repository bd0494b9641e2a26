/** Everything an officer may be allowed to do. `anyone` needs no unlocked desk; `signed-in` needs no more than that. */
export const CAPABILITIES = [
  'anyone',
  'signed-in',
  'cadre:read',
  'cadre:write',
  'cadre:reveal',
  'cadre:import',
  'cadre:export',
  'talk:read',
  'talk:content',
  'talk:write',
  'unit:read',
  'unit:write',
  'officer:read',
  'officer:write',
  'setting:read',
  'setting:write',
  'sync:read',
  'sync:run',
  'sync:enrol',
  'access-log:read',
  'backup:run',
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** Roles of the glossary; the Chinese words are `officer:role.<role>`. */
export const ROLES = ['operator', 'orgCommissioner', 'viewer', 'sysAdmin', 'secAdmin', 'secAuditor'] as const
export type Role = (typeof ROLES)[number]

const basics = ['anyone', 'signed-in', 'unit:read', 'officer:read', 'setting:read', 'sync:read'] as const
const clerk = [
  ...basics,
  'cadre:read',
  'cadre:write',
  'cadre:reveal',
  'cadre:import',
  'cadre:export',
  'talk:read',
  'talk:content',
  'talk:write',
  'unit:write',
  'sync:run',
  'backup:run',
] as const

/**
 * What each role may do.
 *
 * The three administrators never read a cadre or a talk. A small township has none of them, so the 组织委员 also holds
 * their rights over officers, settings, enrolment and the access log (which nobody can edit).
 */
const GRANTS: Readonly<Record<Role, readonly Capability[]>> = {
  operator: clerk,
  orgCommissioner: [...clerk, 'officer:write', 'setting:write', 'sync:enrol', 'access-log:read'],
  viewer: [...basics, 'cadre:read', 'talk:read'],
  sysAdmin: [...basics, 'sync:run', 'backup:run', 'sync:enrol', 'officer:write'],
  secAdmin: [...basics, 'officer:write', 'setting:write'],
  secAuditor: [...basics, 'access-log:read'],
}

/** Something the role may do and the holder of these capabilities may not; null when there is nothing. */
export const beyondRights = (own: ReadonlySet<Capability>, role: Role): Capability | null =>
  GRANTS[role].find((can) => !own.has(can)) ?? null

/** The capabilities of a role, as a set to ask. */
export const capabilitiesOf = (role: Role): ReadonlySet<Capability> => new Set(GRANTS[role])

/** Registers without a capability of their own: 谈话分工 is part of the talks. */
const PART_OF: Readonly<Record<string, string>> = { 'talk-assignment': 'talk' }
/** Registers with values that are masked or hidden, and what revealing those asks for. */
const REVEALS: Readonly<Record<string, Capability>> = { cadre: 'cadre:reveal', talk: 'talk:content' }

/** What reading a register's records asks for. */
export const readsOf = (register: string): Capability => `${PART_OF[register] ?? register}:read` as Capability
/** What changing a register's records asks for. */
export const writesOf = (register: string): Capability => `${PART_OF[register] ?? register}:write` as Capability
/** What seeing a register's masked and restricted values asks for; undefined where it has none. */
export const revealsOf = (register: string): Capability | undefined => REVEALS[register]
