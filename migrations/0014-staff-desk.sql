-- What the fund centre's desk needs: initial passwords, marked demonstration accounts, an application held
-- still while it is decided, and ways to read the audit trail and one's own decisions.

alter table staff_member
  -- given out by an administrator or an operator: the next sign-in replaces it
  add column is_password_initial boolean not null default false,
  -- its password is public, so a start that is no demonstration closes it
  add column is_demonstration boolean not null default false;
grant insert (is_password_initial), update (is_password_initial) on staff_member to fund_app;

-- Two decisions on one application are made one after the other. The application's role may not update the
-- table, and only an updater may lock rows of it.
create function hold_application(p_application_id bigint) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform from application where id = p_application_id for update;
end $$;
revoke all on function hold_application from public;
grant execute on function hold_application to fund_app;

create index application_event_by_actor on application_event (actor, at desc)
  where actor_role in ('intake', 'reviewer', 'approver', 'finance');
create index application_by_house on application (estate_id, house_id) where house_id is not null;

create index audit_event_by_event on audit_event (event, id desc);
create index audit_event_by_actor on audit_event (actor, id desc);
create index audit_event_by_time on audit_event (at);
