import type { Handlers } from './handler.ts'
import { backupService } from './service/backup.ts'
import { cadreService } from './service/cadre.ts'
import { changeService } from './service/change.ts'
import { keystoreService } from './service/keystore.ts'
import { lrmxService } from './service/lrmx.ts'
import { officerService } from './service/officer.ts'
import { printService } from './service/print.ts'
import { recoveryService } from './service/recovery.ts'
import { rosterService } from './service/roster.ts'
import { sessionService } from './service/session.ts'
import { settingService } from './service/setting.ts'
import { syncService } from './service/sync.ts'
import { talkAssignmentService, talkService } from './service/talk.ts'
import { unitService } from './service/unit.ts'

/** Every endpoint with its handler; a missing or mistyped one does not compile. */
export const handlers: Handlers = {
  ...sessionService,
  ...keystoreService,
  ...recoveryService,
  ...unitService,
  ...officerService,
  ...settingService,
  ...cadreService,
  ...talkService,
  ...talkAssignmentService,
  ...changeService,
  ...printService,
  ...rosterService,
  ...lrmxService,
  ...syncService,
  ...backupService,
}
