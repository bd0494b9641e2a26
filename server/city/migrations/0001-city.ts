import { sql, type Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/**
 * Tree, devices, ledgers, records, receipts, accounts.
 *
 * Every key begins with the scope, so that a distributed PostgreSQL can keep a township's rows together. Ids are text:
 * the uuid type would answer in lower case what a desk wrote in capitals.
 */
export const city: Migration = {
  async up(db: Kysely<never>) {
    for (const statement of [...TREE, ...LEDGER, ...RECORDS, ...CONSOLE]) await sql.raw(statement).execute(db)
  },
}

const TREE = [
  `create table server_state (
    one          boolean primary key check (one),
    server_id    text not null,
    server_epoch text not null,
    city_key     text not null)`,
  `create table node (
    code       text primary key check (code ~ '^[0-9]{6,12}$'),
    name       text not null,
    parent     text references node check (parent <> code),
    kind       text not null check (kind in ('city', 'county', 'township')),
    created_at timestamptz not null)`,
  `create index node_by_parent on node (parent)`,
  `create table scope (
    scope        text primary key references node,
    counter      bigint not null,
    server_epoch text not null)`,
  `create table enrol_code (
    scope      text not null references node,
    code_hash  text not null unique,
    expires_at timestamptz not null,
    used_at    timestamptz,
    used_by    text,
    primary key (scope, code_hash))`,
  `create table device (
    scope        text not null references scope,
    device       text not null,
    public_key   text not null,
    state        text not null check (state in ('active', 'revoked')),
    epoch        text not null,
    enrolled_at  timestamptz not null,
    last_contact timestamptz,
    app_version  text not null,
    pending      bigint,
    oldest       text,
    attention    bigint,
    primary key (scope, device))`,
  // Until snapshots exist a second active desk would work on records it has never seen (SYNC §5.2-17).
  `create unique index one_active_device on device (scope) where state = 'active'`,
]

const LEDGER = [
  `create table ledger (
    scope            text not null,
    device           text not null,
    epoch            text not null,
    accepted_through bigint not null,
    head             text not null,
    parent_epoch     text,
    branch           bigint not null check (branch <= accepted_through),
    founding_txn     text,
    founding         boolean not null,
    primary key (scope, device, epoch),
    foreign key (scope, device) references device)`,
  `create table op (
    scope         text not null,
    device        text not null,
    epoch         text not null,
    seq           bigint not null,
    bytes         bytea,
    bytes_hash    text not null,
    chain_hash    text not null,
    ent           text,
    record_id     text,
    kind          text,
    of_seq        bigint,
    verdict       text not null check (verdict in ('applied', 'merged', 'conflict', 'held', 'rejected')),
    rev           bigint,
    rev_hash      text,
    merged        jsonb,
    fields        jsonb,
    problem       jsonb check ((problem is not null) = (verdict = 'rejected')),
    superseded_by bigint,
    waits_for     text check ((waits_for is not null) = (verdict = 'held')),
    verdict_in    bigint not null,
    received_at   timestamptz not null,
    primary key (scope, device, epoch, seq),
    foreign key (scope, device, epoch) references ledger)`,
  `create index op_by_change on op (scope, device, epoch, verdict_in)`,
  `create index op_waiting on op (scope, waits_for) where verdict = 'held'`,
  `create index op_open on op (scope, record_id) where verdict in ('held', 'rejected', 'conflict')`,
  `create index op_of_officer on op (scope, record_id) where ent = 'officer'`,
  `create table receipt (
    scope   text not null references scope,
    n       bigint not null,
    device  text not null,
    epoch   text not null,
    bytes   bytea not null,
    made_at timestamptz not null,
    primary key (scope, n))`,
  `create table batch (
    scope     text not null,
    batch     text not null,
    body_hash text not null,
    receipt   bigint not null,
    primary key (scope, batch),
    foreign key (scope, receipt) references receipt)`,
  `create table quarantine (
    scope       text not null,
    device      text not null,
    body_hash   text not null,
    batch       text not null,
    bytes       bytea not null,
    received_at timestamptz not null,
    primary key (scope, device, body_hash),
    foreign key (scope, device) references device)`,
]

const RECORDS = [
  `create table record (
    scope    text not null references scope,
    id       text not null,
    ent      text not null,
    rev      bigint not null check (rev > 0),
    data     jsonb not null,
    sealed   jsonb not null,
    voided   boolean not null,
    why      text,
    rev_hash text not null,
    primary key (scope, id, ent))`,
  // Not unique: one push may pass a number from one record to another, and the scope's lock already makes judging safe.
  `create index cadre_by_identity_number on record (scope, (data->>'identityNumber'))
    where ent = 'cadre' and not voided`,
  `create index record_by_ent on record (scope, ent)`,
  `create table revision (
    scope    text not null references scope,
    id       text not null,
    ent      text not null,
    rev      bigint not null,
    data     jsonb not null,
    sealed   jsonb not null,
    voided   boolean not null,
    why      text,
    rev_hash text not null,
    device   text not null,
    epoch    text not null,
    seq      bigint not null,
    receipt  bigint not null,
    primary key (scope, id, ent, rev))`,
  `create table proposal (
    scope       text not null references scope,
    proposal    text not null,
    ent         text not null,
    record_id   text not null,
    field       text not null,
    value       jsonb,
    sealed      jsonb,
    against_rev bigint not null,
    device      text not null,
    epoch       text not null,
    seq         bigint not null,
    state       text not null check (state in ('open', 'replaced')),
    primary key (scope, proposal))`,
  `create index proposal_open on proposal (scope, record_id) where state = 'open'`,
]

const CONSOLE = [
  `create table account (
    name          text primary key,
    node          text not null references node,
    role          text not null,
    password_hash text not null,
    created_at    timestamptz not null)`,
  `create table session (
    token_hash text primary key,
    account    text not null references account,
    expires_at timestamptz not null)`,
  `create table sign_in_failure (
    name     text primary key,
    failures integer not null,
    until    timestamptz)`,
]
