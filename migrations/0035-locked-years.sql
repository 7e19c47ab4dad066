-- Years that are locked for 公示: one of the fund centre's people prepares the figures of a year that is over, another
-- locks them. What was prepared and what was locked never changes; a correction is a later version beside the first.

create table prepared_year (
  id bigint generated always as identity primary key,
  year smallint not null check (year between 1900 and 2999),
  content text not null,
  content_hash bytea not null,
  prepared_by integer not null references staff_member,
  prepared_at timestamptz not null,
  constraint prepared_year_hash check (content_hash = sha256(convert_to(content, 'UTF8'))),
  constraint prepared_year_is_over
    check (year < extract(year from prepared_at at time zone 'Asia/Shanghai'))
);
create index prepared_year_newest on prepared_year (year, id desc);

create table locked_year (
  prepared_year_id bigint primary key references prepared_year,
  year smallint not null,
  version integer not null check (version >= 1),
  locked_by integer not null references staff_member,
  locked_at timestamptz not null,
  unique (year, version)
);

-- Four eyes, and only what is the newest: nobody locks what he prepared, nor what another preparation has replaced.
create function check_locked_year() returns trigger language plpgsql as $$
declare
  v_prepared prepared_year;
begin
  select * into strict v_prepared from prepared_year where id = new.prepared_year_id;
  if new.year <> v_prepared.year then
    raise exception 'the year % is not what was prepared', new.year using errcode = 'WX070';
  end if;
  if new.locked_by = v_prepared.prepared_by then
    raise exception 'staff member % prepared the year % and cannot lock it', new.locked_by, new.year
      using errcode = 'WX071';
  end if;
  if new.locked_at < v_prepared.prepared_at
     or exists (select from prepared_year where year = new.year and id > new.prepared_year_id) then
    raise exception 'the year % was prepared again since', new.year using errcode = 'WX072';
  end if;
  if new.version <> 1 + (select coalesce(max(version), 0) from locked_year where year = new.year) then
    raise exception 'version % of the year % does not follow the last one', new.version, new.year
      using errcode = 'WX073';
  end if;
  return new;
end $$;
create trigger locked_year_checked before insert on locked_year
  for each row execute function check_locked_year();

create trigger prepared_year_append_only before update or delete on prepared_year
  for each row execute function refuse_change();
create trigger prepared_year_no_truncate before truncate on prepared_year
  for each statement execute function refuse_change();
create trigger locked_year_append_only before update or delete on locked_year
  for each row execute function refuse_change();
create trigger locked_year_no_truncate before truncate on locked_year
  for each statement execute function refuse_change();
grant select, insert on prepared_year, locked_year to fund_app;
