-- Where people find somebody: the windows (办事窗口) of the fund centre, and the branches (网点) of the custody banks.
create table service_window (
  id integer generated always as identity primary key,
  name text not null unique,
  district_code text references district,
  address text not null,
  phone text not null default '',
  -- the map in words: by bus, what stands beside it, and the way in without steps
  by_bus text not null default '',
  landmarks text not null default '',
  step_free text not null default '',
  handles text not null default ''
);

create table bank_branch (
  id integer generated always as identity primary key,
  bank_code text not null references bank,
  name text not null,
  district_code text references district,
  address text not null,
  phone text not null default '',
  hours text not null default '',
  step_free text not null default '',
  is_closed boolean not null default false,
  unique (bank_code, name)
);

grant select on service_window, bank_branch to fund_app;

-- On working days; the calendar (calendar_day) says which days these are.
insert into city_setting (key, effective_from, value, legal_basis) values
  ('service-hours', '1900-01-01', '[["09:00", "12:00"], ["13:30", "17:00"]]', '示例：由本市确认后替换');
