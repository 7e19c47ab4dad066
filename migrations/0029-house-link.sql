-- 关联房屋 by papers: an owner whom the register does not prove hands in documents, and somebody of the fund centre
-- looks at them. Until he has said yes the account opens nothing, which the database holds.

insert into application_kind values ('house-link', '37', '关联房屋');
insert into application_transition (kind, from_state, to_state, actor_role) values
  ('house-link', '', 'submitted', 'applicant'),
  ('house-link', 'submitted', 'approved', 'reviewer'),
  ('house-link', 'submitted', 'correcting', 'reviewer'),
  ('house-link', 'submitted', 'rejected', 'reviewer'),
  ('house-link', 'submitted', 'cancelled', 'applicant'),
  ('house-link', 'correcting', 'submitted', 'applicant'),
  ('house-link', 'correcting', 'cancelled', 'applicant');

-- What an owner says he is, and of which house, for his account.
create table house_link (
  application_id bigint primary key references application,
  owner_id integer not null references owner_account,
  estate_id integer not null,
  house_id bigint not null,
  -- name, number of the document and what he adds, encrypted, with every earlier round
  form_cipher bytea not null,
  earlier_form_ciphers bytea[] not null default '{}',
  -- of the number in the form, as house_owner and owner_account have it
  document_hash bytea not null,
  handed_in_at timestamptz not null,
  is_open boolean not null default true,
  foreign key (estate_id, house_id) references house
);
-- One at a time for an account and a house, whatever two windows do at once.
create unique index house_link_open on house_link (owner_id, estate_id, house_id) where is_open;
create index house_link_by_owner on house_link (owner_id);

create function guard_house_link() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or not old.is_open
      or (new.application_id, new.owner_id, new.estate_id, new.house_id)
        is distinct from (old.application_id, old.owner_id, old.estate_id, old.house_id)
      or (new.form_cipher <> old.form_cipher
        and new.earlier_form_ciphers <> old.earlier_form_ciphers || old.form_cipher)
      or (new.form_cipher = old.form_cipher
        and (new.earlier_form_ciphers <> old.earlier_form_ciphers or new.document_hash <> old.document_hash)) then
    raise exception 'what application % says is kept', old.application_id using errcode = 'WX001';
  end if;
  return new;
end $$;
create trigger house_link_kept before update or delete on house_link
  for each row execute function guard_house_link();
create trigger house_link_no_truncate before truncate on house_link
  for each statement execute function refuse_change();

-- Who the register names for a house, in one value that changes with any of them.
create function house_owners_mark(p_estate_id integer, p_house_id bigint) returns bytea
language sql stable as $$
  select sha256(convert_to(coalesce(string_agg(n || ' ' || encode(document_hash, 'hex'), ',' order by n), ''), 'UTF8'))
    from house_owner where estate_id = p_estate_id and house_id = p_house_id
$$;

-- A link that rests on papers names the application that was approved. It holds while the register names the same
-- people as the reviewer saw, or names its owner himself: it ends with the entry of a buyer like any other.
alter table owner_house drop constraint owner_house_linked_by_check;
alter table owner_house add constraint owner_house_linked_by_check
  check (linked_by in ('phone-and-document', 'document-and-fact', 'documents-and-review'));
alter table owner_house add column reviewed_in bigint references house_link;
alter table owner_house add column owners_seen bytea;
alter table owner_house add check ((linked_by = 'documents-and-review') = (reviewed_in is not null)
  and (reviewed_in is null) = (owners_seen is null));

-- Looked at when the transaction ends: the approval is a step of the same one.
create function check_reviewed_link() returns trigger language plpgsql as $$
begin
  if not exists (select from house_link f join application a on a.id = f.application_id
      where f.application_id = new.reviewed_in and a.state = 'approved' and f.owner_id = new.owner_id
        and f.estate_id = new.estate_id and f.house_id = new.house_id and f.document_hash = new.document_hash) then
    raise exception 'the link of account % with house % is not approved', new.owner_id, new.house_id
      using errcode = 'WX055';
  end if;
  return null;
end $$;
create constraint trigger owner_house_is_reviewed after insert or update on owner_house
  deferrable initially deferred for each row when (new.reviewed_in is not null)
  execute function check_reviewed_link();

grant select on house_link to fund_app;
grant insert (application_id, owner_id, estate_id, house_id, form_cipher, document_hash, handed_in_at)
  on house_link to fund_app;
grant update (form_cipher, earlier_form_ciphers, document_hash, handed_in_at, is_open) on house_link to fund_app;
