import { migration } from './define.ts'

/** Photos, kept by content inside the encrypted file; and what a .lrmx says beyond our fields. */
export const blob = migration(
  '0003-blob',
  `create table blob (
    sha256     text    not null primary key check (length(sha256) = 64),
    kind       text    not null check (kind in ('image/jpeg', 'image/png')),
    bytes      blob    not null,
    created_at text    not null
  ) strict, without rowid`,
  `alter table cadre add column photo text`,
  `alter table cadre add column form_extras text check (form_extras is null or json_valid(form_extras))`,
)
