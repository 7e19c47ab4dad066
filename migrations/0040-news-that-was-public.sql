-- Whether the public could once read an article: the address of one that was taken down says so, while that of a draft,
-- or of one that was taken down before its time came, says nothing.
alter table news_article add column was_public boolean not null default false;

create function remember_news_was_public() returns trigger language plpgsql as $$
begin
  new.was_public := old.was_public or coalesce(old.visible_from <= new.changed_at, false);
  return new;
end $$;
create trigger news_article_remembered before update on news_article
  for each row execute function remember_news_was_public();
