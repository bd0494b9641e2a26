import cadre from './cadre.json' with { type: 'json' }
import change from './change.json' with { type: 'json' }
import common from './common.json' with { type: 'json' }
import desk from './desk.json' with { type: 'json' }
import error from './error.json' with { type: 'json' }
import imports from './import.json' with { type: 'json' }
import lrmx from './lrmx.json' with { type: 'json' }
import officer from './officer.json' with { type: 'json' }
import roster from './roster.json' with { type: 'json' }
import rule from './rule.json' with { type: 'json' }
import setting from './setting.json' with { type: 'json' }
import sync from './sync.json' with { type: 'json' }
import talk from './talk.json' with { type: 'json' }
import unit from './unit.json' with { type: 'json' }
import workbench from './workbench.json' with { type: 'json' }

/** What the desk's page says. The console, the command line and the shell have words of their own, which it need not load. */
export const page = {
  cadre,
  change,
  common,
  desk,
  error,
  import: imports,
  lrmx,
  officer,
  roster,
  rule,
  setting,
  sync,
  talk,
  unit,
  workbench,
}
