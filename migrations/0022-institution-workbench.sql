-- What institutions work on at their workbench: whose application it is, changes of what they registered,
-- statements to post (公示) and notices to top up (续交通知).

-- The institution that applied, where one did; an owner's application has none.
alter table application add column institution_id integer references institution;
create index application_by_institution on application (institution_id, id) where institution_id is not null;
grant insert (institution_id) on application to fund_app;

-- 机构信息变更: what was registered stays in force until the approver has said yes.
insert into application_kind values ('institution-change', '36', '机构信息变更');
insert into application_transition (kind, from_state, to_state, actor_role) values
  ('institution-change', '', 'submitted', 'applicant'),
  ('institution-change', 'submitted', 'reviewed', 'reviewer'),
  ('institution-change', 'submitted', 'rejected', 'reviewer'),
  ('institution-change', 'submitted', 'cancelled', 'applicant'),
  ('institution-change', 'reviewed', 'approved', 'approver'),
  ('institution-change', 'reviewed', 'rejected', 'approver'),
  ('institution-change', 'reviewed', 'cancelled', 'applicant');

create table institution_change (
  application_id bigint primary key references application,
  institution_id integer not null references institution,
  -- what was asked for and what stood there on that day, encrypted as one text
  change_cipher bytea not null,
  -- one change of an institution at a time; emptied by the end of it
  is_open boolean not null default true
);
create unique index institution_change_one_open on institution_change (institution_id) where is_open;
grant select, insert, update (is_open) on institution_change to fund_app;

-- A statement to post: the figures of an estate for a period that is over, kept as they were when it was
-- locked. A later lock of the same period is a new version beside it.
create table estate_statement (
  id bigint generated always as identity primary key,
  -- SL0126-2026Q3-1: estate, period, version
  number text not null unique check (number ~ '^[A-Z]{2}[0-9]{4,8}-[0-9]{4}(M[0-9]{2}|Q[1-4]|H[12]|Y)-[1-9][0-9]*$'),
  estate_id integer not null references estate,
  period text not null check (period ~ '^[0-9]{4}(M(0[1-9]|1[0-2])|Q[1-4]|H[12]|Y)$'),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  version integer not null check (version >= 1),
  content text not null,
  content_hash bytea not null,
  institution_id integer not null references institution,
  -- institution:username
  locked_by text not null,
  locked_at timestamptz not null,
  unique (estate_id, period, version),
  constraint estate_statement_hash check (content_hash = sha256(convert_to(content, 'UTF8'))),
  constraint estate_statement_period_over check (ends_on < (locked_at at time zone 'Asia/Shanghai')::date)
);

create function number_estate_statement() returns trigger language plpgsql as $$
begin
  if new.version <> 1 + (select coalesce(max(version), 0) from estate_statement
      where estate_id = new.estate_id and period = new.period) then
    raise exception 'version % of statement % does not follow the last one', new.version, new.number
      using errcode = 'WX030';
  end if;
  return new;
end $$;
create trigger estate_statement_versions before insert on estate_statement
  for each row execute function number_estate_statement();
create trigger estate_statement_append_only before update or delete on estate_statement
  for each row execute function refuse_change();
create trigger estate_statement_no_truncate before truncate on estate_statement
  for each statement execute function refuse_change();
grant select, insert on estate_statement to fund_app;

-- Notices to top up (续交通知) for many houses: printed outside the request, piece by piece, so that a process
-- that is killed is followed by one that goes on where it stopped. Swept after some days.
create table top_up_batch (
  id uuid primary key,
  institution_id integer not null references institution,
  estate_id integer not null references estate,
  -- empty for the whole estate
  building_label text not null default '',
  requested_by text not null,
  requested_at timestamptz not null,
  -- the houses that were below the line when it was asked for, in the order of printing
  house_ids bigint[] not null check (cardinality(house_ids) >= 1),
  printed_count integer not null default 0 check (printed_count between 0 and cardinality(house_ids)),
  -- how often a piece could not be printed, and until when nobody tries again
  failed_count integer not null default 0,
  next_try_at timestamptz not null,
  problem text not null default '',
  not_after timestamptz not null
);
create index top_up_batch_by_institution on top_up_batch (institution_id, requested_at);
create table top_up_file (
  batch_id uuid not null references top_up_batch on delete cascade,
  n integer not null check (n >= 1),
  first_house integer not null check (first_house >= 1),
  last_house integer not null check (last_house >= first_house),
  -- a PDF, encrypted: what houses hold is for their estate's own people
  file_cipher bytea not null,
  primary key (batch_id, n)
);
grant select, insert, delete, update (printed_count, failed_count, next_try_at, problem) on top_up_batch to fund_app;
grant select, insert, delete on top_up_file to fund_app;
