-- The 业务单: a number, a state that is the last event of an append-only timeline, legal transitions as data.

create table application_kind (
  kind text primary key check (kind ~ '^[a-z-]+$'),
  number_prefix text not null unique check (number_prefix ~ '^[0-9]{2}$'),
  title text not null
);

create table application_transition (
  kind text not null references application_kind,
  from_state text not null,
  to_state text not null,
  actor_role text not null
    check (actor_role in ('applicant', 'bank', 'system', 'intake', 'reviewer', 'approver', 'finance')),
  -- what the payment notice must be for this step: nobody is settled without money
  notice_state text check (notice_state in ('issued', 'paid', 'expired', 'cancelled', 'reversed')),
  primary key (kind, from_state, to_state, actor_role)
);

create table application (
  id bigint generated always as identity primary key,
  number text not null unique check (number ~ '^[0-9]{18}$'),
  kind text not null references application_kind,
  -- '' until the first event; afterwards the `to_state` of the last one, kept by the trigger below
  state text not null default '',
  estate_id integer,
  house_id bigint,
  notice_no text unique references payment_notice,
  -- made when the form is shown, so that a second submit of the same form finds the first
  submission_key uuid not null unique,
  -- SHA-256 of the applying browser's cookie: the number alone opens nothing personal
  browser_hash bytea not null,
  created_at timestamptz not null,
  foreign key (estate_id, house_id) references house,
  unique (id, kind)
);

create table application_event (
  application_id bigint not null,
  seq integer not null check (seq >= 1),
  kind text not null,
  from_state text not null,
  to_state text not null,
  actor_role text not null,
  actor text not null,
  at timestamptz not null,
  -- what the applicant may read about this step; never personal data
  remark text not null default '',
  primary key (application_id, seq),
  foreign key (application_id, kind) references application (id, kind),
  foreign key (kind, from_state, to_state, actor_role) references application_transition
);

create function advance_application() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_state text;
  v_last integer;
  v_notice_no text;
  v_notice_state text;
begin
  select state, notice_no into strict v_state, v_notice_no
    from application where id = new.application_id for update;
  select coalesce(max(seq), 0) into v_last from application_event where application_id = new.application_id;
  if new.from_state <> v_state then
    raise exception 'application % is in state "%", not "%"', new.application_id, v_state, new.from_state
      using errcode = 'WX008';
  end if;
  if new.seq <> v_last + 1 then
    raise exception 'application %: event % follows %', new.application_id, new.seq, v_last
      using errcode = 'WX009';
  end if;
  if v_last = 0 and v_state <> '' then
    raise exception 'the timeline of application % does not start at its beginning', new.application_id
      using errcode = 'WX009';
  end if;
  select t.notice_state into v_notice_state from application_transition t
    where t.kind = new.kind and t.from_state = new.from_state and t.to_state = new.to_state
      and t.actor_role = new.actor_role;
  if v_notice_state is not null and not exists (
      select from payment_notice n where n.no = v_notice_no and n.state = v_notice_state) then
    raise exception 'application % cannot become "%": its payment notice is not %', new.application_id,
      new.to_state, v_notice_state using errcode = 'WX014';
  end if;
  update application set state = new.to_state where id = new.application_id;
  return new;
end $$;
create trigger application_event_advances before insert on application_event
  for each row execute function advance_application();
create trigger application_event_append_only before update or delete on application_event
  for each row execute function refuse_change();
create trigger application_event_no_truncate before truncate on application_event
  for each statement execute function refuse_change();
create trigger application_kept before delete on application
  for each row execute function refuse_change();

-- At commit an application has its chain, and its state is the chain's end, whoever wrote it.
create function check_application() returns trigger language plpgsql as $$
declare
  v_state text;
  v_last text;
begin
  select state into v_state from application where id = new.id;
  select to_state into v_last from application_event where application_id = new.id order by seq desc limit 1;
  if v_last is null or v_last <> v_state then
    raise exception 'application % says "%", its timeline says "%"', new.id, v_state, v_last
      using errcode = 'WX010';
  end if;
  return null;
end $$;
create constraint trigger application_state_is_last_event after insert or update on application
  deferrable initially deferred for each row execute function check_application();

insert into application_kind values ('owner-deposit', '11', '业主交款');
insert into application_transition values
  ('owner-deposit', '', 'awaiting-payment', 'applicant', 'issued'),
  ('owner-deposit', 'awaiting-payment', 'settled', 'bank', 'paid'),
  ('owner-deposit', 'awaiting-payment', 'expired', 'system', 'expired'),
  ('owner-deposit', 'awaiting-payment', 'cancelled', 'applicant', 'cancelled'),
  ('owner-deposit', 'awaiting-payment', 'cancelled', 'system', 'cancelled'),
  ('owner-deposit', 'awaiting-payment', 'in-suspense', 'bank', null),
  ('owner-deposit', 'expired', 'in-suspense', 'bank', 'expired'),
  ('owner-deposit', 'cancelled', 'in-suspense', 'bank', 'cancelled'),
  ('owner-deposit', 'reversed', 'in-suspense', 'bank', 'reversed'),
  ('owner-deposit', 'settled', 'reversed', 'bank', 'reversed');

grant select on application_kind, application_transition, application, application_event to fund_app;
-- the state is the trigger's to write
grant insert (number, kind, estate_id, house_id, notice_no, submission_key, browser_hash, created_at)
  on application to fund_app;
grant insert on application_event to fund_app;
