-- The fund centre's people, and what an application needs to be reviewed by them: who applied, what was
-- promised, who decided what. Four eyes are held by the database.

create table staff_member (
  id integer generated always as identity primary key,
  username text not null unique check (username ~ '^[a-z][a-z0-9-]{3,30}$'),
  password_hash text not null,
  display_name text not null check (display_name <> ''),
  -- the shared secret of the one-time codes (TOTP), encrypted; null until the first sign-in has set it up
  totp_secret_cipher bytea,
  -- the last time step whose code was used: a code opens the door once
  totp_last_step bigint,
  is_disabled boolean not null default false,
  created_at timestamptz not null default now()
);

create table staff_role (
  staff_id integer not null references staff_member,
  role text not null check (role in
    ('intake', 'reviewer', 'approver', 'finance', 'editor', 'admin', 'auditor')),
  primary key (staff_id, role)
);

alter table session drop constraint session_audience_check;
alter table session add constraint session_audience_check check (audience in ('bank', 'staff'));

-- Who handed an application in, as he gave it: for one-time codes and for the desk that reviews.
create table application_contact (
  application_id bigint primary key references application,
  name_cipher bytea not null,
  phone_cipher bytea not null
);
create trigger application_contact_kept before delete on application_contact
  for each row execute function refuse_change();

-- The day by which the fund centre is done with the state that a step led to; null while it has nothing to
-- do. Written with the step, kept on the application by the trigger that keeps its state.
alter table application_event add column promised_on date;
alter table application add column promised_on date;
create or replace function advance_application() returns trigger
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
  update application set state = new.to_state, promised_on = new.promised_on where id = new.application_id;
  return new;
end $$;
create index application_by_state on application (kind, state, promised_on);

-- What a step was decided by: what the checklist said, the amount that was seen, hashes of documents. For
-- the fund centre's eyes; `remark` is what the applicant reads.
alter table application_event add column details jsonb not null default '{}';

-- Maker is never checker: whoever took an application on as one of the fund centre's roles takes no step of
-- another of these roles on the same application.
create function four_eyes() returns trigger language plpgsql as $$
begin
  if new.actor_role in ('intake', 'reviewer', 'approver', 'finance') and exists (
      select from application_event e
        where e.application_id = new.application_id and e.actor = new.actor
          and e.actor_role in ('intake', 'reviewer', 'approver', 'finance')
          and e.actor_role <> new.actor_role) then
    raise exception 'application %: % has already decided on it in another role', new.application_id, new.actor
      using errcode = 'WX015';
  end if;
  return new;
end $$;
-- Fires after application_event_advances, by the order of names: that one has locked the application, so two
-- steps of one person at the same moment are judged one after the other.
create trigger application_event_four_eyes before insert on application_event
  for each row execute function four_eyes();

-- Days that are not what their weekday says: public holidays, and weekends that are worked instead. Promised
-- days are counted by it; the fund centre enters each year's arrangement when it is published.
create table calendar_day (
  day date primary key,
  kind text not null check (kind in ('holiday', 'workday')),
  name text not null check (name <> '')
);
-- The General Office of the State Council's arrangement for 2026.
insert into calendar_day
  select day::date, 'holiday', name from (values
      ('2026-01-01', '2026-01-03', '元旦'), ('2026-02-15', '2026-02-23', '春节'),
      ('2026-04-04', '2026-04-06', '清明节'), ('2026-05-01', '2026-05-05', '劳动节'),
      ('2026-06-19', '2026-06-21', '端午节'), ('2026-09-25', '2026-09-27', '中秋节'),
      ('2026-10-01', '2026-10-07', '国庆节')) as span (first_day, last_day, name),
    generate_series(first_day::date, last_day::date, '1 day') as day
  union all
  select day::date, 'workday', name from (values ('2026-01-04', '元旦调休'), ('2026-02-14', '春节调休'),
      ('2026-02-28', '春节调休'), ('2026-05-09', '劳动节调休'), ('2026-09-20', '国庆节调休'),
      ('2026-10-10', '国庆节调休')) as swap (day, name);

-- What the ledger can be told besides deposits: money given back, and a house merged into another.
alter table journal drop constraint journal_kind_check;
alter table journal add constraint journal_kind_check check (kind in
  ('opening', 'deposit', 'suspense', 'bank-interest', 'interest', 'use', 'reversal', 'refund', 'house-merge'));
alter table journal drop constraint journal_deposit_kind;
alter table journal add constraint journal_deposit_kind check (case kind
  when 'deposit' then deposit_kind is not null
  when 'reversal' then true
  when 'opening' then true
  -- what goes back of the first deposit, or moves with it, carries the kind it was deposited under
  when 'refund' then true
  when 'house-merge' then true
  else deposit_kind is null end);

grant select on staff_member, staff_role to fund_app;
grant insert (username, password_hash, display_name) on staff_member to fund_app;
grant update (password_hash, totp_secret_cipher, totp_last_step, is_disabled, display_name) on staff_member
  to fund_app;
grant insert, delete on staff_role to fund_app;
grant select, insert on application_contact to fund_app;
grant select, insert, update, delete on calendar_day to fund_app;
