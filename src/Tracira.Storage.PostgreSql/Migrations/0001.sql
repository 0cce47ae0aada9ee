-- Moments are milliseconds since 1970 and days are counted from 0001-01-01, so that every date a caller may send can be kept.
-- Columns that end in _key hold text that is compared and ordered without regard to case; StoredText.Fold makes them.

create extension if not exists pg_trgm;

-- A workspace's number is kept when the workspace is deleted: nodes may hold it for ever. One that was never saved has no created_at.
create table workspaces (
    number int generated always as identity primary key,
    id text collate "C" not null unique,
    name text,
    webhook_token text,
    token_scope smallint not null default 0,
    created_at bigint
);

-- A merged project stays as an alias, for logs that were placed in it before.
create table projects (
    number int generated always as identity primary key,
    workspace int not null,
    id text collate "C" not null,
    name text not null,
    name_key text collate "C" not null,
    icon text,
    created_at bigint not null,
    merged_into int,
    unique (workspace, id)
);
create unique index projects_by_name on projects (workspace, name_key) where merged_into is null;

create table tasks (
    project int not null references projects on delete cascade,
    name_key text collate "C" not null,
    id text collate "C" not null,
    name text not null,
    created_at bigint not null,
    primary key (project, name_key)
);

-- Never changed: logs refer to what was applied to them.
create table rule_revisions (
    number int generated always as identity primary key,
    workspace int not null,
    digest bytea not null,
    rule_id text collate "C" not null,
    revision int not null,
    rule text not null,
    unique (workspace, digest)
);
create index rule_revisions_by_rule on rule_revisions (workspace, rule_id, revision, number);

create table rules (
    workspace int not null,
    id text collate "C" not null,
    position bigint generated always as identity,
    revision int not null,
    project_id text collate "C",
    task_key text collate "C",
    revision_number int not null references rule_revisions,
    primary key (workspace, id)
);

-- An id is unique in its workspace whatever the date of the log: what a partitioned table cannot say of itself.
create table log_ids (
    workspace int not null,
    id text collate "C" not null,
    at bigint not null,
    primary key (workspace, id)
);

create sequence log_order;

-- One partition a month; Partitions makes them. What is dated outside of any month that has one is in logs_elsewhere.
create table logs (
    workspace int not null,
    id text collate "C" not null,
    at bigint not null,
    accepted bigint not null default nextval('log_order'),
    project int not null,
    task text,
    task_key text collate "C",
    status smallint not null,
    decision smallint,
    model text,
    model_key text collate "C" not null,
    latency_ms double precision,
    cost_usd double precision,
    session_key text collate "C",
    subject_key text collate "C",
    actor_key text collate "C",
    search text collate "C" not null,
    output_key text collate "C" not null,
    tags jsonb not null,
    metadata jsonb,
    counted_among_other_models boolean not null,
    counted_rules text[] not null,
    body bytea not null,
    primary key (workspace, at, id)
) partition by range (at);

-- From 2020 to 2049 each month gets its own. This one refuses what belongs to them, so that they can be made when they are needed.
create table logs_elsewhere partition of logs (check (at < 1577836800000 or at >= 2524608000000)) default;

create index logs_by_acceptance on logs (workspace, accepted);
create index logs_by_project on logs (workspace, project, at, id);
create index logs_by_task on logs (workspace, task_key, at, id) where task_key is not null;
create index logs_by_status on logs (workspace, status desc, at, id);
create index logs_by_model on logs (workspace, model_key, at, id);
create index logs_by_latency on logs (workspace, latency_ms nulls first, at, id);
create index logs_by_cost on logs (workspace, cost_usd nulls first, at, id);
create index logs_by_session on logs (workspace, session_key, at, id) where session_key is not null;
create index logs_by_subject on logs (workspace, subject_key, at, id) where subject_key is not null;
create index logs_by_actor on logs (workspace, actor_key, at, id) where actor_key is not null;
create index logs_awaiting_review on logs (workspace, at, id) where status in (2, 3) and decision is null;
create index logs_pending on logs (accepted) where status = 0;
create index logs_by_text on logs using gin (search gin_trgm_ops);
create index logs_by_output on logs using gin (output_key gin_trgm_ops);
create index logs_by_tag on logs using gin (tags jsonb_path_ops) where tags <> '[]';
create index logs_by_metadata on logs using gin (metadata jsonb_path_ops) where metadata is not null;

-- Each node adds to rows of its own shard, so that nodes do not wait for each other; the sum over the shards is what counts.
create table log_counters (
    workspace int not null,
    project int not null,
    task_key text collate "C" not null,
    status smallint not null,
    decision smallint not null,
    day int not null,
    shard smallint not null,
    task text,
    logs bigint not null,
    primary key (workspace, project, task_key, status, decision, day, shard)
);

create table model_counters (
    workspace int not null,
    project int not null,
    day int not null,
    others boolean not null,
    model_key text collate "C" not null,
    shard smallint not null,
    since bigint not null default nextval('log_order'), -- the name of the oldest is the model's
    model text,
    logs bigint not null,
    timed bigint not null,
    latency_ms numeric not null,
    priced bigint not null,
    cost_usd numeric not null,
    latencies int[] not null,
    primary key (workspace, project, day, others, model_key, shard)
);

create table rule_counters (
    workspace int not null,
    project int not null,
    day int not null,
    others boolean not null,
    rule_id text collate "C" not null,
    decision smallint not null,
    shard smallint not null,
    logs bigint not null,
    primary key (workspace, project, day, others, rule_id, decision, shard)
);

create table outbox (
    workspace int not null,
    id text collate "C" not null,
    position bigint generated by default as identity,
    log_id text collate "C" not null,
    event text not null,
    url text not null,
    lane text collate "C" not null,
    created_at bigint not null,
    state smallint not null default 0,
    attempts int not null default 0,
    next_attempt_at bigint,
    last_attempt_at bigint,
    status_code int,
    error text,
    leased_until bigint,
    due bigint generated always as (greatest(next_attempt_at, leased_until)) stored,
    primary key (workspace, id)
);
create index outbox_of_log on outbox (workspace, log_id, id);
create index outbox_by_state on outbox (workspace, state, id);
create index outbox_waiting on outbox (position) where state = 0;
create index outbox_by_lane on outbox (lane, due) where state = 0;
create index outbox_by_receiver on outbox (workspace, log_id, md5(url), position) where state = 0;
create index outbox_delivered on outbox (last_attempt_at) where state = 1;

-- Ids are UTF-16, big-endian: their bytes are in the ordinal order of the text.
create table records (
    workspace text collate "C" not null,
    kind text collate "C" not null,
    id bytea not null,
    json text not null,
    version bigint not null,
    primary key (workspace, kind, id)
);

-- What a file holds, piece by piece. It may be removed behind expires_at: while it is being written, and once no file refers to it.
create table media_contents (
    number bigint generated always as identity primary key,
    expires_at bigint
);
create index media_contents_expiring on media_contents (expires_at) where expires_at is not null;

create table media_chunks (
    content bigint not null references media_contents on delete cascade,
    place int not null,
    bytes bytea not null,
    primary key (content, place)
);
alter table media_chunks alter column bytes set storage external;

create table media_files (
    workspace text collate "C" not null,
    key bytea not null,
    filename text not null,
    content_type text not null,
    bytes bigint not null,
    created_at bigint not null,
    content bigint not null references media_contents,
    primary key (workspace, key)
);
create index media_files_by_content on media_files (content); -- asked for with each content that goes
