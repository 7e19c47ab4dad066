-- Who may work for an institution and for the fund centre, and whose a house's applications are, held here
-- whatever two people do at the same moment.

-- An institution works through its own approved registration, or as one of the demonstration; there is no
-- other way, neither by a later state nor from the beginning.
create or replace function guard_institution_state() returns trigger language plpgsql as $$
begin
  if new.state = 'active' and not new.is_demonstration and not exists (
      select from application a where a.id = new.application_id and a.state = 'approved'
        and a.kind = new.kind || '-registration') then
    raise exception 'the registration of institution % is not approved', new.id using errcode = 'WX051';
  end if;
  if tg_op = 'UPDATE' and old.state in ('rejected', 'closed') then
    raise exception 'institution % is % and stays so', new.id, old.state using errcode = 'WX052';
  end if;
  if new.state = 'active' then
    perform refuse_second_binding(new.id);
  end if;
  return null;
end $$;
create trigger institution_begins_pending after insert on institution
  for each row when (new.state <> 'pending') execute function guard_institution_state();
-- Nothing makes another application an institution's registration.
revoke update (application_id) on institution from fund_app;

-- An institution that is not over keeps somebody who keeps its accounts. Of two administrators who close each
-- other at the same moment, or of one who closes the other while he is closed, one stays: the institution is
-- held, and the second to come sees what the first did. Accounts of the demonstration are closed at any time.
create function institution_keeps_an_admin() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from institution where id = old.institution_id and state not in ('rejected', 'closed')
    for no key update;
  if found and not exists (select from institution_user
      where institution_id = old.institution_id and is_admin and not is_disabled) then
    raise exception 'user % is the last administrator of institution %', old.id, old.institution_id
      using errcode = 'WX053';
  end if;
  return null;
end $$;
create trigger institution_user_leaves_an_admin after update on institution_user
  for each row when (old.is_admin and not old.is_disabled and not old.is_demonstration
    and (not new.is_admin or new.is_disabled or new.institution_id <> old.institution_id))
  execute function institution_keeps_an_admin();
create trigger institution_user_removed_leaves_an_admin after delete on institution_user
  for each row when (old.is_admin and not old.is_disabled and not old.is_demonstration)
  execute function institution_keeps_an_admin();

-- The same for the fund centre: without an administrator nobody could open an account again.
create function fund_centre_keeps_an_admin() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_staff_id integer := case tg_table_name when 'staff_role' then (to_jsonb(old) ->> 'staff_id')::integer
    else (to_jsonb(old) ->> 'id')::integer end;
begin
  perform pg_advisory_xact_lock(hashtext('administrators of the fund centre'));
  if tg_table_name = 'staff_member' and not exists (
      select from staff_role where staff_id = v_staff_id and role = 'admin') then
    return null;
  end if;
  if exists (select from staff_member where id = v_staff_id and is_demonstration) then
    return null;
  end if;
  if not exists (select from staff_member m join staff_role r on r.staff_id = m.id
      where r.role = 'admin' and not m.is_disabled) then
    raise exception 'member % is the last administrator of the fund centre', v_staff_id
      using errcode = 'WX053';
  end if;
  return null;
end $$;
create trigger staff_member_leaves_an_admin after update on staff_member
  for each row when (new.is_disabled and not old.is_disabled)
  execute function fund_centre_keeps_an_admin();
create trigger staff_role_leaves_an_admin after update or delete on staff_role
  for each row when (old.role = 'admin') execute function fund_centre_keeps_an_admin();

-- Since when the register names an owner: what was applied for about his house before is his predecessor's.
-- Null for entries of before this column.
alter table house_owner add column recorded_at timestamptz;
alter table house_owner alter column recorded_at set default now();
create function house_owner_since() returns trigger language plpgsql as $$
begin
  new.recorded_at := now();
  return new;
end $$;
create trigger house_owner_changes before update on house_owner
  for each row when (new.document_hash is distinct from old.document_hash)
  execute function house_owner_since();
