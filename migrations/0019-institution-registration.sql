-- 机构注册: an institution hands in what it is and which estates it works for, two people of the fund centre
-- look at it, and from its approval on it works. Which company or committee works for an estate is held here.

insert into application_kind values
  ('developer-registration', '51', '开发建设单位注册'),
  ('property-company-registration', '52', '物业服务企业注册'),
  ('committee-registration', '53', '业主委员会注册');
insert into application_transition (kind, from_state, to_state, actor_role)
  select k.kind, t.from_state, t.to_state, t.actor_role
    from (values ('developer-registration'), ('property-company-registration'), ('committee-registration'))
        as k (kind),
      (values
        ('', 'submitted', 'applicant'),
        ('submitted', 'reviewed', 'reviewer'),
        ('submitted', 'correcting', 'reviewer'),
        ('submitted', 'rejected', 'reviewer'),
        ('submitted', 'cancelled', 'applicant'),
        ('reviewed', 'approved', 'approver'),
        ('reviewed', 'correcting', 'approver'),
        ('reviewed', 'rejected', 'approver'),
        ('reviewed', 'cancelled', 'applicant'),
        ('correcting', 'submitted', 'applicant'),
        ('correcting', 'cancelled', 'applicant')) as t (from_state, to_state, actor_role);

-- What was typed on the form, encrypted, without the password. Without an application it is a draft of one
-- browser, kept for thirty days; afterwards it is what the application says, with every earlier round.
create table institution_registration (
  submission_key uuid primary key,
  browser_hash bytea not null,
  kind text not null check (kind in ('developer', 'property-company', 'committee')),
  form_cipher bytea not null,
  earlier_form_ciphers bytea[] not null default '{}',
  saved_at timestamptz not null,
  -- of the contact's mobile phone, once a right one was typed: a code to it opens the draft in another browser
  phone_hash bytea,
  application_id bigint unique references application,
  -- which text of the agreement was accepted, when and from where
  agreement_version text,
  agreement_sha256 bytea check (octet_length(agreement_sha256) = 32),
  agreed_at timestamptz,
  agreed_address_hash bytea,
  check (application_id is null or (agreement_version is not null and agreement_sha256 is not null
    and agreed_at is not null and agreed_address_hash is not null))
);
create index institution_registration_of_browser on institution_registration (browser_hash)
  where application_id is null;
create index institution_registration_by_phone on institution_registration (phone_hash)
  where application_id is null and phone_hash is not null;
create index institution_registration_draft on institution_registration (saved_at)
  where application_id is null;

create function guard_institution_registration() returns trigger language plpgsql as $$
begin
  if old.application_id is null then
    if tg_op = 'DELETE' then
      return old;
    end if;
    return new;
  end if;
  if tg_op = 'DELETE'
      or (new.submission_key, new.browser_hash, new.kind, new.application_id, new.agreement_version,
          new.agreement_sha256, new.agreed_at, new.agreed_address_hash)
        is distinct from (old.submission_key, old.browser_hash, old.kind, old.application_id,
          old.agreement_version, old.agreement_sha256, old.agreed_at, old.agreed_address_hash)
      or (new.form_cipher <> old.form_cipher
        and new.earlier_form_ciphers <> old.earlier_form_ciphers || old.form_cipher)
      or (new.form_cipher = old.form_cipher and new.earlier_form_ciphers <> old.earlier_form_ciphers) then
    raise exception 'what application % says is kept', old.application_id using errcode = 'WX001';
  end if;
  return new;
end $$;
create trigger institution_registration_kept before update or delete on institution_registration
  for each row execute function guard_institution_registration();
create trigger institution_registration_no_truncate before truncate on institution_registration
  for each statement execute function refuse_change();

-- A draft that is kept for thirty days keeps its files, and takes them along to another browser.
alter table supporting_document add column kept_until timestamptz;
grant update (browser_hash, kept_until) on supporting_document to fund_app;
create or replace function keep_supporting_document() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.application_id is null then
      return old;
    end if;
    raise exception 'document % belongs to an application: delete refused', old.id using errcode = 'WX001';
  end if;
  if row(new.id, new.n, new.submission_key, new.code, new.name_cipher, new.media_type,
        new.size_bytes, new.sent_sha256, new.kept_sha256, new.page_count, new.uploaded_at)
      is distinct from row(old.id, old.n, old.submission_key, old.code, old.name_cipher,
        old.media_type, old.size_bytes, old.sent_sha256, old.kept_sha256, old.page_count, old.uploaded_at)
    or (new.browser_hash <> old.browser_hash and old.application_id is not null)
    or (new.state <> old.state and old.state <> 'pending')
    or (new.checked_at is distinct from old.checked_at and old.checked_at is not null)
    or (new.application_id is distinct from old.application_id and old.application_id is not null)
    or (new.added_at is distinct from old.added_at and old.added_at is not null)
    or (new.removed_at is distinct from old.removed_at and old.removed_at is not null) then
    raise exception 'document %: what was received or decided once does not change', old.id
      using errcode = 'WX001';
  end if;
  if old.application_id is null and new.application_id is not null
      and (new.state = 'refused' or new.removed_at is not null) then
    raise exception 'document % is refused or removed and cannot be handed in', old.id
      using errcode = 'WX016';
  end if;
  return new;
end $$;

-- A corrected registration may name another contact: its text messages go to him.
grant update (name_cipher, phone_cipher) on application_contact to fund_app;

-- What the fund centre, and the calendar, did to an institution after its approval.
create table institution_event (
  institution_id integer not null references institution,
  n bigint generated always as identity,
  act text not null check (act in
    ('suspended', 'resumed', 'closed', 'expired', 'binding-ended', 'binding-renewed')),
  -- of an act about one of its estates
  estate_id integer references estate,
  actor text not null check (actor <> ''),
  at timestamptz not null,
  -- what its users read about it; never personal data
  reason text not null check (reason <> ''),
  primary key (institution_id, n)
);
create trigger institution_event_append_only before update or delete on institution_event
  for each row execute function refuse_change();
create trigger institution_event_no_truncate before truncate on institution_event
  for each statement execute function refuse_change();

-- The end of contract or term of which its contact was told beforehand: once for each end.
alter table institution add column told_of_end date;

-- Institutions of a kind that work for an estate in a span of days (null for without end). A developer stands
-- in nobody's way. A suspended company still has its contract.
create function estate_bindings(
  p_kind text, p_estate_id integer, p_starts_on date, p_ends_on date, p_except_institution_id integer
) returns table (institution_id integer, name text, contract_no text, starts_on date, ends_on date)
language sql stable as $$
  select i.id, i.name, b.contract_no, b.starts_on, b.ends_on
    from institution_estate b join institution i on i.id = b.institution_id
    where p_kind in ('property-company', 'committee') and i.kind = p_kind
      and i.state in ('active', 'suspended') and b.estate_id = p_estate_id and b.ended_at is null
      and b.institution_id is distinct from p_except_institution_id
      and daterange(b.starts_on, b.ends_on, '[]') && daterange(p_starts_on, p_ends_on, '[]')
$$;

-- Two approvals for one estate are made one after the other: both hold the estates first, in one order.
create function hold_institution_estates(p_institution_id integer, p_also integer[] default '{}') returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from estate e
    where e.id = any (p_also)
      or e.id in (select estate_id from institution_estate where institution_id = p_institution_id)
    order by e.id for no key update;
end $$;

create function refuse_second_binding(p_institution_id integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_other record;
begin
  perform hold_institution_estates(p_institution_id);
  select o.institution_id, b.estate_id into v_other
    from institution i join institution_estate b on b.institution_id = i.id and b.ended_at is null,
      estate_bindings(i.kind, b.estate_id, b.starts_on, b.ends_on, i.id) o
    where i.id = p_institution_id limit 1;
  if found then
    raise exception 'institution % and % would work for estate % at once', p_institution_id,
      v_other.institution_id, v_other.estate_id using errcode = 'WX050';
  end if;
end $$;

-- An institution works by its approval alone, and never beside another company or committee of its estate.
create function guard_institution_state() returns trigger language plpgsql as $$
begin
  if new.state = 'active' and new.application_id is not null and not exists (
      select from application where id = new.application_id and state = 'approved') then
    raise exception 'the registration of institution % is not approved', new.id using errcode = 'WX051';
  end if;
  if old.state in ('rejected', 'closed') then
    raise exception 'institution % is % and stays so', new.id, old.state using errcode = 'WX052';
  end if;
  if new.state = 'active' then
    perform refuse_second_binding(new.id);
  end if;
  return null;
end $$;
create trigger institution_may_work after update of state on institution
  for each row when (new.state <> old.state) execute function guard_institution_state();

create function guard_institution_estate() returns trigger language plpgsql as $$
begin
  if new.ended_at is null
      and exists (select from institution where id = new.institution_id and state in ('active', 'suspended')) then
    perform refuse_second_binding(new.institution_id);
  end if;
  return null;
end $$;
create trigger institution_estate_is_free after insert or update on institution_estate
  for each row execute function guard_institution_estate();

-- The institution follows its registration, whoever takes the step. A rejected one's users may still look why;
-- who took his own registration back has nothing to look at.
create function institution_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update institution set state = case new.to_state
      when 'approved' then 'active' when 'rejected' then 'rejected' else 'closed' end
    where application_id = new.application_id;
  if new.to_state = 'cancelled' then
    update institution_user u set is_disabled = true from institution i
      where i.application_id = new.application_id and u.institution_id = i.id;
    delete from session s using institution_user u, institution i
      where i.application_id = new.application_id and u.institution_id = i.id
        and s.audience = 'institution' and s.user_id = u.id;
  end if;
  return null;
end $$;
create trigger application_event_moves_institution after insert on application_event
  for each row when (new.kind in
      ('developer-registration', 'property-company-registration', 'committee-registration')
    and new.to_state in ('approved', 'rejected', 'cancelled'))
  execute function institution_follows();

revoke all on function hold_institution_estates, refuse_second_binding from public;
grant execute on function hold_institution_estates, refuse_second_binding to fund_app;
grant select, insert, delete on institution_registration to fund_app;
grant update (browser_hash, form_cipher, earlier_form_ciphers, saved_at, phone_hash, application_id,
  agreement_version, agreement_sha256, agreed_at, agreed_address_hash) on institution_registration to fund_app;
grant select on institution_event to fund_app;
grant insert (institution_id, act, estate_id, actor, at, reason) on institution_event to fund_app;
grant update (told_of_end) on institution to fund_app;
