/**
 * Every failure a person can meet, one line each.
 *
 * The code is the i18n key (`error:<code>`) and the only thing that crosses a process boundary; sentences never do.
 * `http` is the status a host with a wire answers with. Retired codes are kept here as comments, never reused.
 */
export const FAULTS = {
  'invalid-input': { http: 400 },
  'imported-too-much': { http: 413 },
  'extras-too-much': { http: 413 },
  'change-too-large': { http: 413 },
  'finding-blocks': { http: 422 },
  'not-allowed': { http: 403 },
  'own-rights': { http: 409 },
  'not-found': { http: 404 },
  'stale': { http: 409 },
  'in-use': { http: 409 },
  'voided': { http: 409 },
  'same-day-setting': { http: 409 },
  'nothing-to-undo': { http: 409 },
  'cancelled': { http: 409 },

  'locked': { http: 401 },
  'wrong-passphrase': { http: 401 },
  'weak-passphrase': { http: 400 },
  'too-many-attempts': { http: 429 },
  'wrong-recovery-code': { http: 401 },
  'officer-disabled': { http: 403 },
  'keystore-unavailable': { http: 409 },
  'keystore-lost': { http: 409 },

  'profile-missing': { http: 404 },
  'profile-exists': { http: 409 },
  'profile-in-use': { http: 423 },
  'profile-damaged': { http: 500 },
  'profile-newer': { http: 409 },
  'changes-missing': { http: 500 },
  'profile-unwritable': { http: 500 },
  'disk-full': { http: 507 },
  'sqlite-too-old': { http: 500 },
  'chain-broken': { http: 500 },

  'file-unreadable': { http: 400 },
  'file-too-large': { http: 413 },
  'file-empty': { http: 400 },
  'file-kind': { http: 415 },
  'file-no-header': { http: 400 },
  'photo-kind': { http: 415 },
  'file-unwritable': { http: 500 },
  'import-running': { http: 409 },
  'import-missing': { http: 404 },
  'import-unmapped': { http: 400 },

  'backup-missing': { http: 404 },
  'backup-damaged': { http: 409 },
  'backup-unwritable': { http: 500 },

  'not-enrolled': { http: 409 },
  'already-enrolled': { http: 409 },
  'enrol-code-wrong': { http: 400 },
  'scope-mismatch': { http: 409 },
  'city-unreachable': { http: 502 },
  'city-timeout': { http: 504 },
  'city-impostor': { http: 502 },
  'city-busy': { http: 503 },
  'city-refused': { http: 502 },
  'sequence-gap': { http: 409 },
  'sequence-fork': { http: 409 },
  'server-epoch-changed': { http: 409 },
  'scope-in-use': { http: 409 },
  'device-revoked': { http: 403 },
  'insecure-address': { http: 400 },

  'usage': { http: 400 },
  'unexpected': { http: 500 },
} as const

export type FaultCode = keyof typeof FAULTS
export type FaultParams = Readonly<Record<string, string | number | boolean | null>>

/** True for a code of {@link FAULTS}; what arrives over a wire is only a string. */
export const isFaultCode = (code: unknown): code is FaultCode => typeof code === 'string' && Object.hasOwn(FAULTS, code)

/** An expected failure. Anything thrown that is not a Fault is a bug and is reported as `unexpected`. */
export class Fault extends Error {
  readonly code: FaultCode
  readonly params: FaultParams
  constructor(code: FaultCode, params: FaultParams = {}, options?: ErrorOptions) {
    super(code, options)
    this.name = 'Fault'
    this.code = code
    this.params = params
  }
}
