-- News: since when the version that is out is shown, no publishing by the clock of what was written over, and a summary
-- that nobody typed follows the text.

alter table news_article
  -- since when the public reads `published_version`; later than `visible_from` where it took the place of another
  add column shown_since timestamptz;
-- From when on the version was to be read, as it stood after the step; null for nothing, and for steps before this.
alter table news_event add column visible_from timestamptz;

-- These rows take no step, so that neither the guard nor the story has a say.
alter table news_article disable trigger user;
-- What was written over before its time does not go public by the clock.
update news_article set published_version = null, visible_from = null
  where state in ('draft', 'submitted') and visible_from > now();
update news_article a set shown_since = greatest(a.visible_from, (
  select max(e.at) from news_event e
    where e.article_id = a.id and e.state = 'published' and e.version = a.published_version))
  where a.published_version is not null;
set constraints all immediate;
alter table news_article enable trigger user;

create function remember_news_was_shown() returns trigger language plpgsql as $$
begin
  if new.published_version is null then
    new.shown_since := null;
  elsif new.state = 'published' and old.state <> 'published' then
    new.shown_since := greatest(new.visible_from, new.changed_at);
  end if;
  return new;
end $$;
create trigger news_article_shown before update on news_article
  for each row execute function remember_news_was_shown();

create or replace function guard_news_article() returns trigger language plpgsql as $$
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
  elsif v_is_saved and coalesce(old.visible_from > new.changed_at, false) then
    -- Whoever writes over a version before its time has found something wrong with it.
    if new.published_version is not null or new.visible_from is not null then
      raise exception 'news %: what is written over before its time is not published by the clock', old.id
        using errcode = 'WX060';
    end if;
  elsif new.state <> 'withdrawn' and (new.published_version, new.visible_from)
      is distinct from (old.published_version, old.visible_from) then
    raise exception 'news %: what the public reads changes by publishing and withdrawing', old.id
      using errcode = 'WX060';
  end if;
  return new;
end $$;

create or replace function tell_news_event() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into news_event (article_id, state, version, actor, at, reason, visible_from)
    values (new.id, new.state, new.latest_version, new.changed_by, new.changed_at, new.reason, new.visible_from);
  return new;
end $$;

-- Without a summary the first paragraph stands for one; `p_words` are a version's words.
create function news_first_words(p_words text) returns text language sql immutable as $$
  select case when char_length(p) > 80 then left(p, 80) || '…' else p end
  from split_part(p_words, E'\n', 1) as p
$$;
-- What somebody typed for a summary. Before this the first words were kept in its place where nobody had.
create function news_typed_summary(p_summary text, p_words text) returns text language sql immutable as $$
  select case when p_summary = news_first_words(p_words) then '' else p_summary end
$$;
create function news_shown_summary(p_summary text, p_words text) returns text language sql immutable as $$
  select case when p_summary = '' then news_first_words(p_words) else p_summary end
$$;
