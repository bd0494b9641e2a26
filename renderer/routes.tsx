import {
  createHashHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
} from '@tanstack/react-router'
import * as z from 'zod'
import { ROLL_GROUPS } from '../shared/domain/cadre.ts'
import { TALK_TYPES } from '../shared/domain/talk.ts'
import { Frame } from './kit/frame.tsx'
import { NotFoundPage } from './pages/not-found.tsx'
import { RouteFault } from './pages/route-fault.tsx'
import { WorkbenchPage } from './pages/workbench/workbench.tsx'

/** What an address may carry is forgiving: a bad value is dropped, a page is always shown. */
const optional = <S extends z.ZodType>(schema: S) => schema.optional().catch(undefined)
const text = optional(z.string().max(60))
const id = optional(z.uuid())
const year = optional(z.int().min(1949).max(2100))
/** After a rejection: the field to look at, and the change this save replaces. */
const repair = z.object({ field: text, supersedes: optional(z.int().positive()) })

const root = createRootRoute({ component: Frame, notFoundComponent: NotFoundPage })
const under = <const P extends string>(path: P) => ({ getParentRoute: () => root, path }) as const

const workbench = createRoute({ ...under('/'), component: WorkbenchPage })

const cadreList = createRoute({
  ...under('/cadre'),
  validateSearch: z.object({
    unitId: id,
    rollGroup: optional(z.array(z.enum(ROLL_GROUPS))),
    sex: optional(z.enum(['male', 'female'])),
    presence: optional(z.enum(['here', 'left', 'all'])),
    talked: optional(z.enum(['yes', 'no'])),
    sort: optional(z.enum(['order', 'name', 'birthMonth', 'lastTalkOn'])),
  }),
  component: lazyRouteComponent(() => import('./pages/cadre/list.tsx'), 'CadreListPage'),
})
const cadreNew = createRoute({
  ...under('/cadre/new'),
  component: lazyRouteComponent(() => import('./pages/cadre/form.tsx'), 'CadreFormPage'),
})
const cadreImport = createRoute({
  ...under('/cadre/import'),
  component: lazyRouteComponent(() => import('./pages/cadre/import.tsx'), 'RosterImportPage'),
})
const cadreForms = createRoute({
  ...under('/cadre/lrmx'),
  component: lazyRouteComponent(() => import('./pages/cadre/lrmx-import.tsx'), 'LrmxImportPage'),
})
const cadreDetail = createRoute({
  ...under('/cadre/$id'),
  validateSearch: z.object({ tab: text }),
  component: lazyRouteComponent(() => import('./pages/cadre/detail.tsx'), 'CadreDetailPage'),
})
const cadreEdit = createRoute({
  ...under('/cadre/$id/edit'),
  validateSearch: repair,
  component: lazyRouteComponent(() => import('./pages/cadre/form.tsx'), 'CadreFormPage'),
})

const talkList = createRoute({
  ...under('/talk'),
  validateSearch: z.object({
    year,
    cadreId: id,
    talkType: optional(z.enum(TALK_TYPES)),
    followUp: optional(z.enum(['open', 'overdue', 'closed'])),
    withVoided: optional(z.boolean()),
  }),
  component: lazyRouteComponent(() => import('./pages/talk/list.tsx'), 'TalkListPage'),
})
const talkNew = createRoute({
  ...under('/talk/new'),
  /** One or several ids, comma-separated: several sat together. */
  validateSearch: z.object({ cadre: optional(z.string().max(8_000)) }),
  component: lazyRouteComponent(() => import('./pages/talk/form.tsx'), 'TalkFormPage'),
})
const talkEntry = createRoute({
  ...under('/talk/entry'),
  component: lazyRouteComponent(() => import('./pages/talk/entry.tsx'), 'TalkEntryPage'),
})
const talkMissing = createRoute({
  ...under('/talk/missing'),
  validateSearch: z.object({ year, unitId: id }),
  component: lazyRouteComponent(() => import('./pages/talk/missing.tsx'), 'TalkMissingPage'),
})
const talkFollowUp = createRoute({
  ...under('/talk/follow-up'),
  validateSearch: z.object({ state: optional(z.enum(['open', 'overdue', 'closed'])) }),
  component: lazyRouteComponent(() => import('./pages/talk/follow-up.tsx'), 'FollowUpPage'),
})
const talkDetail = createRoute({
  ...under('/talk/$id'),
  component: lazyRouteComponent(() => import('./pages/talk/detail.tsx'), 'TalkDetailPage'),
})
const talkEdit = createRoute({
  ...under('/talk/$id/edit'),
  validateSearch: repair,
  component: lazyRouteComponent(() => import('./pages/talk/form.tsx'), 'TalkFormPage'),
})

const sync = createRoute({
  ...under('/sync'),
  validateSearch: z.object({ tab: optional(z.enum(['pending', 'attention', 'answered'])) }),
  component: lazyRouteComponent(() => import('./pages/sync/sync.tsx'), 'SyncPage'),
})
const conflict = createRoute({
  ...under('/sync/conflict/$seq'),
  component: lazyRouteComponent(() => import('./pages/sync/conflict.tsx'), 'ConflictPage'),
})
const settings = createRoute({
  ...under('/settings'),
  validateSearch: z.object({
    tab: optional(z.enum(['unit', 'officer', 'counting', 'backup', 'access'])),
    field: text,
    record: text,
  }),
  component: lazyRouteComponent(() => import('./pages/settings/settings.tsx'), 'SettingsPage'),
})

const routeTree = root.addChildren([
  workbench,
  cadreList,
  cadreNew,
  cadreImport,
  cadreForms,
  cadreDetail,
  cadreEdit,
  talkList,
  talkNew,
  talkEntry,
  talkMissing,
  talkFollowUp,
  talkDetail,
  talkEdit,
  sync,
  conflict,
  settings,
])

/** Addresses live in the fragment: app://bundle, a loopback port and a plain file server all serve one page. */
export const createDeskRouter = () =>
  createRouter({
    routeTree,
    history: createHashHistory(),
    defaultPreload: 'intent',
    defaultErrorComponent: RouteFault,
    scrollRestoration: true,
  })

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createDeskRouter>
  }
}
