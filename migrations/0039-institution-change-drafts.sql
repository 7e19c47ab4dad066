-- A change of a bank account asks for the password once more before it is handed in. What was typed waits here in the
-- meantime, encrypted, for the user who typed it; the files wait under the same key as every draft's do.
create table institution_change_draft (
  submission_key uuid primary key,
  institution_user_id integer not null references institution_user on delete cascade,
  form_cipher bytea not null,
  saved_at timestamptz not null
);
create index institution_change_draft_by_age on institution_change_draft (saved_at);
create index institution_change_draft_of_user on institution_change_draft (institution_user_id);
grant select, insert, update (form_cipher, saved_at), delete on institution_change_draft to fund_app;
