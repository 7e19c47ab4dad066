-- 机构信息变更 gets the round that registrations have (补正), and its contact is told of every contract and term
-- that is about to end, a month and a week before.

insert into application_transition (kind, from_state, to_state, actor_role) values
  ('institution-change', 'submitted', 'correcting', 'reviewer'),
  ('institution-change', 'reviewed', 'correcting', 'approver'),
  ('institution-change', 'correcting', 'submitted', 'applicant'),
  ('institution-change', 'correcting', 'cancelled', 'applicant');

-- What was asked for before it was corrected, oldest first.
alter table institution_change add column earlier_change_ciphers bytea[] not null default '{}';
grant update (change_cipher, earlier_change_ciphers) on institution_change to fund_app;

create function guard_institution_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE'
      or (new.application_id, new.institution_id) is distinct from (old.application_id, old.institution_id)
      or (new.is_open and not old.is_open)
      or (new.change_cipher <> old.change_cipher
        and (not old.is_open or new.earlier_change_ciphers <> old.earlier_change_ciphers || old.change_cipher))
      or (new.change_cipher = old.change_cipher and new.earlier_change_ciphers <> old.earlier_change_ciphers) then
    raise exception 'what change % asks for is kept', old.application_id using errcode = 'WX001';
  end if;
  return new;
end $$;
create trigger institution_change_kept before update or delete on institution_change
  for each row execute function guard_institution_change();
create trigger institution_change_no_truncate before truncate on institution_change
  for each statement execute function refuse_change();

-- The end of which the contact was told, of each contract and term: renewed, it is told of anew.
alter table institution_estate
  add column told_month_before date,
  add column told_week_before date;
update institution_estate b set told_month_before = b.ends_on
  from institution i where i.id = b.institution_id and i.told_of_end is not null and b.ends_on <= i.told_of_end;
alter table institution drop column told_of_end;
