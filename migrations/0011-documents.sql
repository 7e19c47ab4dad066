-- Supporting documents (要件): one row for each file that was received whole. What was received never
-- changes; a row learns what the scanner said, which application it belongs to, and that it was removed.

create table supporting_document (
  id uuid primary key,
  -- the order in which they came
  n bigint not null generated always as identity,
  -- the form it was uploaded with, and the browser that did; another browser neither sees nor uses it
  submission_key uuid not null,
  browser_hash bytea not null check (octet_length(browser_hash) = 32),
  -- which paper it is, e.g. purchase-contract; named by the business
  code text not null check (code ~ '^[a-z][a-z0-9-]{0,59}$'),
  -- the file's name as its owner gave it: often somebody's own name, so encrypted
  name_cipher bytea not null,
  media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  -- as it was sent; the same file in the same place is kept once
  size_bytes integer not null check (size_bytes between 1 and 10485760),
  sent_sha256 bytea not null check (octet_length(sent_sha256) = 32),
  -- of what is kept: pictures are written anew, without position and camera
  kept_sha256 bytea not null check (octet_length(kept_sha256) = 32),
  page_count integer not null check (page_count >= 1),
  -- nobody relies on it before it is clean; what the scanner refused is no longer kept
  state text not null default 'pending' check (state in ('pending', 'clean', 'refused')),
  uploaded_at timestamptz not null,
  checked_at timestamptz check ((checked_at is null) = (state = 'pending')),
  application_id bigint references application,
  added_at timestamptz check ((added_at is null) = (application_id is null)),
  removed_at timestamptz
);
create index supporting_document_of_form on supporting_document (submission_key, browser_hash);
create index supporting_document_of_browser on supporting_document (browser_hash)
  where application_id is null;
create index supporting_document_of_application on supporting_document (application_id)
  where application_id is not null;
create index supporting_document_pending on supporting_document (uploaded_at) where state = 'pending';
create index supporting_document_draft on supporting_document (uploaded_at) where application_id is null;
create unique index supporting_document_once on supporting_document
  (submission_key, browser_hash, code, sent_sha256) where removed_at is null and state <> 'refused';

create function keep_supporting_document() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.application_id is null then
      return old;
    end if;
    raise exception 'document % belongs to an application: delete refused', old.id using errcode = 'WX001';
  end if;
  if row(new.id, new.n, new.submission_key, new.browser_hash, new.code, new.name_cipher, new.media_type,
        new.size_bytes, new.sent_sha256, new.kept_sha256, new.page_count, new.uploaded_at)
      is distinct from row(old.id, old.n, old.submission_key, old.browser_hash, old.code, old.name_cipher,
        old.media_type, old.size_bytes, old.sent_sha256, old.kept_sha256, old.page_count, old.uploaded_at)
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
create trigger supporting_document_kept before update or delete on supporting_document
  for each row execute function keep_supporting_document();
create trigger supporting_document_no_truncate before truncate on supporting_document
  for each statement execute function refuse_change();

grant select, insert, delete on supporting_document to fund_app;
grant update (state, checked_at, application_id, added_at, removed_at) on supporting_document to fund_app;
