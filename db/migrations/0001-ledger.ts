import { migration } from './define.ts'

/** The change ledger (outbox, audit and history source at once) and what belongs to this PC alone. */
export const ledger = migration(
  '0001-ledger',
  `create table op (
    seq         integer not null primary key,
    epoch       text    not null,
    register    text    not null,
    record_id   text    not null,
    kind        text    not null,
    txn         text    not null,
    by_officer  text    not null,
    at          text    not null,
    undoes      text,
    why         text,
    of_seq      integer references op (seq),
    bytes       text,
    bytes_hash  text    not null,
    hash        text    not null,
    state       text    not null default 'unsent'
                check (state in ('unsent', 'held', 'applied', 'merged', 'conflict', 'rejected', 'superseded')),
    rev         integer,
    problem     text    check (problem is null or json_valid(problem)),
    answered_at text
  ) strict`,
  `create index op_by_record on op (register, record_id, seq)`,
  `create index op_by_txn on op (txn)`,
  `create index op_open on op (state, seq) where state in ('unsent', 'held', 'rejected', 'conflict')`,
  `create table revision (
    seq       integer not null primary key references op (seq),
    register  text    not null,
    record_id text    not null,
    version   integer not null check (version > 0),
    changes   text    not null
  ) strict`,
  `create unique index revision_by_record on revision (record_id, version, register)`,
  `create table city_revision (
    register  text    not null,
    record_id text    not null,
    rev       integer not null,
    rev_hash  text,
    seq       integer not null,
    primary key (register, record_id)
  ) strict, without rowid`,
  `create table receipt (
    n     integer not null primary key,
    at    text    not null,
    bytes text    not null
  ) strict`,
  `create table access_log (
    n          integer not null primary key autoincrement,
    at         text    not null,
    by_officer text    not null,
    by_name    text    not null,
    action     text    not null,
    register   text,
    record_id  text,
    detail     text,
    hash       text    not null
  ) strict`,
  `create table draft (
    officer_id text not null,
    key        text not null,
    content    text not null check (json_valid(content)),
    updated_at text not null,
    primary key (officer_id, key)
  ) strict, without rowid`,
  `create table local_setting (
    key   text not null primary key,
    value text not null check (json_valid(value))
  ) strict, without rowid`,
)
