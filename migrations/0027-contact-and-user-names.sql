-- 机构注册: the contact's phone is proven by a code before the form is handed in, and a user name that a
-- registration asked for in vain is free again.

-- Which browser has given a code that went to which phone: for a form that is not handed in yet, and for one that
-- is corrected with another contact. Swept after thirty days, as drafts are.
create table proven_contact (
  browser_hash bytea not null,
  phone_hash bytea not null,
  proven_at timestamptz not null,
  primary key (browser_hash, phone_hash)
);
create index proven_contact_by_age on proven_contact (proven_at);
grant select, insert, delete, update (proven_at) on proven_contact to fund_app;

-- When the phone of the contact was proven; null where no text messages leave the house, and of old.
alter table institution_registration add column contact_proven_at timestamptz;
grant update (contact_proven_at) on institution_registration to fund_app;

-- A user name belongs to one person among those whose registration is under way or was approved. The name of an
-- institution that ever worked stays its own: it stands in timelines and in the audit trail.
alter table institution_user add column is_name_released boolean not null default false;
update institution_user u set is_name_released = true
  from institution i join application a on a.id = i.application_id
  where i.id = u.institution_id and a.state in ('rejected', 'cancelled');
drop index institution_user_username;
create unique index institution_user_username on institution_user (lower(username)) where not is_name_released;
create index institution_user_by_username on institution_user (lower(username));

create or replace function institution_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update institution set state = case new.to_state
      when 'approved' then 'active' when 'rejected' then 'rejected' else 'closed' end
    where application_id = new.application_id;
  if new.to_state in ('rejected', 'cancelled') then
    update institution_user u set is_name_released = true from institution i
      where i.application_id = new.application_id and u.institution_id = i.id;
  end if;
  if new.to_state = 'cancelled' then
    update institution_user u set is_disabled = true from institution i
      where i.application_id = new.application_id and u.institution_id = i.id;
    delete from session s using institution_user u, institution i
      where i.application_id = new.application_id and u.institution_id = i.id
        and s.audience = 'institution' and s.user_id = u.id;
  end if;
  return null;
end $$;
