-- The city's own rules beside the national decree, so that pages can show them and link to their articles.
create table local_rule (
  slug text primary key check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null unique,
  issuer text not null,
  document_no text not null,
  issued_on date not null,
  effective_from date not null,
  body text not null,
  is_demonstration boolean not null default false
);

-- A file may be replaced after it was published.
alter table download_file add column updated_on date;

-- The blank forms that the platform prints: what each was printed from and what came out, so that a list needs
-- no printing. A form is updated on the day on which its bytes changed.
create table blank_form (
  code text primary key,
  source_hash text not null,
  sha256 text not null,
  size_bytes integer not null check (size_bytes > 0),
  published_on date not null,
  updated_on date not null,
  download_count integer not null default 0
);

grant select on local_rule to fund_app;
grant select, insert on blank_form to fund_app;
grant update (source_hash, sha256, size_bytes, updated_on, download_count) on blank_form to fund_app;
