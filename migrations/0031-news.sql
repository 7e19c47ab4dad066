-- News as the fund centre's editors write it: every save is a version that stays, a second person publishes,
-- a publish time makes it visible by the clock, and what is withdrawn says why.

create table news_version (
  article_id integer not null,
  version integer not null check (version >= 1),
  category text not null check (category in ('政策', '公示', '公告', '通知')),
  title text not null check (char_length(title) between 1 and 80),
  summary text not null check (char_length(summary) <= 200),
  source text not null check (char_length(source) between 1 and 60),
  -- rich text, cleaned before it was kept; cleaned once more before it is shown
  body text not null check (octet_length(body) <= 2097152),
  -- the words of the body, for searching
  words text not null,
  author text not null,
  saved_at timestamptz not null,
  primary key (article_id, version)
);
create trigger news_version_append_only before update or delete on news_version
  for each row execute function refuse_change();
create trigger news_version_not_truncated before truncate on news_version
  for each statement execute function refuse_change();

-- What was published before there was a desk is its first version; nobody of today's desk wrote it.
insert into news_version (article_id, version, category, title, summary, source, body, words, author, saved_at)
  select id, 1, category, left(title, 80), left(summary, 200), left(source, 60),
    '<p>' || regexp_replace(
      replace(replace(replace(replace(btrim(body, E' \n\t\r'), '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'),
      '\s*\n\s*\n\s*', '</p><p>', 'g') || '</p>',
    body, 'import', published_on::timestamp at time zone 'Asia/Shanghai'
  from news_article;

alter table news_article
  add column state text not null default 'published'
    check (state in ('draft', 'submitted', 'published', 'withdrawn')),
  add column latest_version integer not null default 1,
  -- what the public reads, from `visible_from` on; null while it reads nothing
  add column published_version integer default 1,
  add column visible_from timestamptz,
  -- who took the last step, when, and why where it needs a reason
  add column changed_by text not null default 'import',
  add column changed_at timestamptz,
  add column reason text not null default '';
update news_article set visible_from = published_on::timestamp at time zone 'Asia/Shanghai',
  changed_at = published_on::timestamp at time zone 'Asia/Shanghai';
drop index news_article_newest;
alter table news_article
  drop column category, drop column title, drop column summary, drop column body, drop column source,
  drop column published_on,
  alter column state set default 'draft',
  alter column published_version drop default,
  alter column changed_by drop default,
  alter column changed_at set not null,
  add constraint news_article_latest foreign key (id, latest_version)
    references news_version (article_id, version) deferrable initially deferred,
  add constraint news_article_published foreign key (id, published_version)
    references news_version (article_id, version),
  add constraint news_article_visible check ((published_version is null) = (visible_from is null)),
  add constraint news_article_withdrawn check (
    (state = 'withdrawn') <= (published_version is null and char_length(reason) >= 2));
alter table news_version add constraint news_version_article foreign key (article_id)
  references news_article (id) deferrable initially deferred;
create index news_article_newest on news_article (visible_from desc, id desc)
  where published_version is not null;

-- Pictures (written anew when they came) and files to save. What a version shows stays as long as the version.
create table news_file (
  id uuid primary key,
  kind text not null check (kind in ('picture', 'file')),
  name text not null check (char_length(name) between 1 and 120),
  -- what is said where a picture cannot be seen
  alt text not null check ((kind = 'picture') <= (char_length(alt) between 1 and 120)),
  media_type text not null check (media_type in ('application/pdf', 'image/jpeg', 'image/png')),
  width integer,
  height integer,
  content bytea not null,
  size_bytes integer not null generated always as (octet_length(content)) stored,
  uploaded_by text not null,
  uploaded_at timestamptz not null,
  check ((kind = 'picture') <= (media_type <> 'application/pdf' and width > 0 and height > 0))
);
create trigger news_file_kept before update on news_file for each row execute function refuse_change();

create table news_version_file (
  article_id integer not null,
  version integer not null,
  file_id uuid not null references news_file,
  kind text not null check (kind in ('picture', 'file')),
  place integer not null,
  primary key (article_id, version, kind, file_id),
  foreign key (article_id, version) references news_version (article_id, version)
);
create index news_version_file_by_file on news_version_file (file_id);
create trigger news_version_file_append_only before update or delete on news_version_file
  for each row execute function refuse_change();
create trigger news_version_file_not_truncated before truncate on news_version_file
  for each statement execute function refuse_change();

-- The story of an article, written by the guard below and by nobody else.
create table news_event (
  n bigint generated always as identity primary key,
  article_id integer not null references news_article (id),
  state text not null,
  version integer not null,
  actor text not null,
  at timestamptz not null,
  reason text not null
);
create index news_event_by_article on news_event (article_id, n);
create trigger news_event_append_only before update or delete on news_event
  for each row execute function refuse_change();
create trigger news_event_not_truncated before truncate on news_event
  for each statement execute function refuse_change();

-- Which steps an article takes, and that nobody publishes what he wrote himself.
create function guard_news_article() returns trigger language plpgsql as $$
declare
  v_author text;
  v_is_saved boolean;
  v_is_out boolean;
begin
  if tg_op = 'DELETE' then
    raise exception 'news %: what was written stays', old.id using errcode = 'WX001';
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'draft' or new.latest_version <> 1 or new.published_version is not null then
      raise exception 'news: it begins as a draft' using errcode = 'WX060';
    end if;
    return new;
  end if;
  v_is_saved := new.latest_version = old.latest_version + 1;
  if new.id <> old.id or (not v_is_saved and new.latest_version <> old.latest_version) then
    raise exception 'news %: its number stays, its versions are counted one by one', old.id using errcode = 'WX060';
  end if;
  if (v_is_saved and new.state <> 'draft')
    or (not v_is_saved and (old.state, new.state) not in (('draft', 'submitted'), ('submitted', 'draft'),
      ('submitted', 'published'), ('draft', 'withdrawn'), ('submitted', 'withdrawn'), ('published', 'withdrawn'))) then
    raise exception 'news %: no step from % to %', old.id, old.state, new.state using errcode = 'WX060';
  end if;
  select author into v_author from news_version where article_id = new.id and version = new.latest_version;
  if (v_is_saved or new.state = 'submitted') and new.changed_by is distinct from v_author then
    raise exception 'news %: who wrote a version saves it and hands it in', old.id using errcode = 'WX061';
  end if;
  if new.state = 'published' then
    if v_author is null or new.changed_by = v_author then
      raise exception 'news %: a second person publishes', old.id using errcode = 'WX062';
    end if;
    -- What is out already stays out while a later version takes its place.
    v_is_out := coalesce(old.visible_from <= new.changed_at, false);
    if new.published_version is distinct from new.latest_version or new.visible_from is null
      or (v_is_out and new.visible_from <> old.visible_from)
      or (not v_is_out and new.visible_from < new.changed_at) then
      raise exception 'news %: what was handed in is published, and not in the past', old.id using errcode = 'WX060';
    end if;
  elsif new.state <> 'withdrawn' and (new.published_version, new.visible_from)
      is distinct from (old.published_version, old.visible_from) then
    raise exception 'news %: what the public reads changes by publishing and withdrawing', old.id
      using errcode = 'WX060';
  end if;
  return new;
end $$;
create trigger news_article_guarded before insert or update or delete on news_article
  for each row execute function guard_news_article();

-- What a version shows is settled before it is published.
create function guard_news_version_file() returns trigger language plpgsql as $$
begin
  if exists (select from news_article where id = new.article_id and published_version >= new.version) then
    raise exception 'news %: version % is published', new.article_id, new.version using errcode = 'WX060';
  end if;
  return new;
end $$;
create trigger news_version_file_guarded before insert on news_version_file
  for each row execute function guard_news_version_file();

create function tell_news_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into news_event (article_id, state, version, actor, at, reason)
    values (new.id, new.state, new.latest_version, new.changed_by, new.changed_at, new.reason);
  return new;
end $$;
create trigger news_article_told after insert or update on news_article
  for each row execute function tell_news_event();
insert into news_event (article_id, state, version, actor, at, reason)
  select id, state, latest_version, changed_by, changed_at, '' from news_article order by id;

-- A file that no version shows, such as one whose form was never saved, is swept away after a while.
grant select, insert on news_version, news_version_file to fund_app;
grant select, insert, delete on news_file to fund_app;
grant select on news_event to fund_app;
grant insert (state, latest_version, changed_by, changed_at) on news_article to fund_app;
grant update (state, latest_version, published_version, visible_from, changed_by, changed_at, reason)
  on news_article to fund_app;
