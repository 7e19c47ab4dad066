-- 未备案房屋交款: a house that the register does not have yet is paid for, enters the register as provisional
-- and is verified, merged into a house on record, or rejected.

-- Whether address search and the building chart show a house. A provisional house is shown once it was paid.
alter table house add column is_listed boolean not null default true;
-- Where the money and the history of a merged house went.
alter table house add column merged_into_estate_id integer;
alter table house add column merged_into_house_id bigint;
alter table house add foreign key (merged_into_estate_id, merged_into_house_id) references house;
alter table house add constraint house_merged_is_closed check (
  (merged_into_estate_id is null) = (merged_into_house_id is null)
  and (merged_into_house_id is null or status = 'closed'));
alter table house add constraint house_merged_elsewhere check (
  (merged_into_estate_id, merged_into_house_id) is distinct from (estate_id, id));

-- The duplicate guard asks for a contract (as people write it) and for a 不动产单元号.
create function contract_key(p_contract_no text) returns text
language sql immutable parallel safe return upper(translate(p_contract_no, ' -－—–_/（）()〔〕[]【】', ''));
create index house_by_contract on house (contract_key(contract_no)) where contract_no is not null;
create index house_by_real_estate_unit on house (real_estate_unit_no) where real_estate_unit_no is not null;

-- What was typed on the form, encrypted: kept between form, documents and review page, and afterwards as what
-- the application says. Without an application it is a draft of one browser, swept when it is old.
create table unrecorded_deposit (
  submission_key uuid primary key,
  browser_hash bytea not null,
  estate_id integer not null references estate,
  form_cipher bytea not null,
  -- what the form said before each correction, oldest first
  earlier_form_ciphers bytea[] not null default '{}',
  saved_at timestamptz not null,
  application_id bigint unique references application
);
create index unrecorded_deposit_drafts on unrecorded_deposit (saved_at) where application_id is null;

create function guard_unrecorded_deposit() returns trigger language plpgsql as $$
begin
  if old.application_id is null then
    return case tg_op when 'DELETE' then old else new end;
  end if;
  if tg_op = 'DELETE' or (new.submission_key, new.browser_hash, new.estate_id, new.application_id)
      is distinct from (old.submission_key, old.browser_hash, old.estate_id, old.application_id)
      or (new.form_cipher <> old.form_cipher
        and new.earlier_form_ciphers <> old.earlier_form_ciphers || old.form_cipher) then
    raise exception 'what application % says is kept', old.application_id using errcode = 'WX001';
  end if;
  return new;
end $$;
create trigger unrecorded_deposit_kept before update or delete on unrecorded_deposit
  for each row execute function guard_unrecorded_deposit();

-- Owners are corrected while their house is provisional; those of a recorded house are not the application's to
-- delete.
create function clear_provisional_owners(p_estate_id integer, p_house_id bigint) returns void
language sql security definer set search_path = public, pg_temp as $$
  delete from house_owner o using house h
    where o.estate_id = p_estate_id and o.house_id = p_house_id
      and h.estate_id = o.estate_id and h.id = o.house_id and h.status = 'provisional'
$$;

insert into application_kind values ('unrecorded-deposit', '12', '未备案房屋交款');
insert into application_transition values
  ('unrecorded-deposit', '', 'awaiting-payment', 'applicant', 'issued'),
  ('unrecorded-deposit', 'awaiting-payment', 'to-verify', 'bank', 'paid'),
  ('unrecorded-deposit', 'awaiting-payment', 'expired', 'system', 'expired'),
  ('unrecorded-deposit', 'awaiting-payment', 'cancelled', 'applicant', 'cancelled'),
  ('unrecorded-deposit', 'awaiting-payment', 'cancelled', 'system', 'cancelled'),
  ('unrecorded-deposit', 'awaiting-payment', 'in-suspense', 'bank', null),
  ('unrecorded-deposit', 'expired', 'in-suspense', 'bank', 'expired'),
  ('unrecorded-deposit', 'cancelled', 'in-suspense', 'bank', 'cancelled'),
  ('unrecorded-deposit', 'reversed', 'in-suspense', 'bank', 'reversed'),
  -- the bank takes its confirmation back on the same day, wherever the fund centre is by then
  ('unrecorded-deposit', 'to-verify', 'reversed', 'bank', 'reversed'),
  ('unrecorded-deposit', 'checked', 'reversed', 'bank', 'reversed'),
  ('unrecorded-deposit', 'correcting', 'reversed', 'bank', 'reversed'),
  ('unrecorded-deposit', 'verified', 'reversed', 'bank', 'reversed'),
  ('unrecorded-deposit', 'rejected', 'reversed', 'bank', 'reversed'),
  ('unrecorded-deposit', 'to-verify', 'checked', 'intake', 'paid'),
  ('unrecorded-deposit', 'to-verify', 'correcting', 'intake', 'paid'),
  ('unrecorded-deposit', 'checked', 'correcting', 'reviewer', 'paid'),
  ('unrecorded-deposit', 'correcting', 'to-verify', 'applicant', 'paid'),
  ('unrecorded-deposit', 'checked', 'verified', 'reviewer', 'paid'),
  ('unrecorded-deposit', 'checked', 'merged', 'reviewer', 'paid'),
  ('unrecorded-deposit', 'checked', 'rejected', 'reviewer', 'paid');

-- Gives the address of a house free for another one. '~' stands in no key that was ever read from an address.
create function release_house_address(p_estate_id integer, p_house_id bigint) returns void
language sql as $$
  update house set is_listed = false,
      room_key = case when room_key like '%~%' then room_key else room_key || '~' || id end
    where estate_id = p_estate_id and id = p_house_id
$$;

-- The house follows its application, whoever takes the step: seen once it was paid, on record once it is
-- verified; a house that was never paid, or whose money was taken back, is closed, and its address is free. A
-- rejected house stays provisional until its money has gone back, but holds no address.
create function unrecorded_house_follows() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_house house;
begin
  select h.* into strict v_house
    from application a join house h on h.estate_id = a.estate_id and h.id = a.house_id
    where a.id = new.application_id;
  if new.to_state = 'merged' and v_house.merged_into_house_id is null then
    raise exception 'house % was not merged', v_house.code using errcode = 'WX031';
  end if;
  if v_house.status <> 'provisional' then
    return null;
  end if;
  if new.to_state = 'to-verify' then
    update house set is_listed = true where estate_id = v_house.estate_id and id = v_house.id;
  elsif new.to_state = 'verified' then
    update house set is_listed = true, status = 'recorded'
      where estate_id = v_house.estate_id and id = v_house.id;
  elsif new.to_state in ('rejected', 'expired', 'cancelled', 'reversed', 'in-suspense') then
    perform release_house_address(v_house.estate_id, v_house.id);
    if new.to_state <> 'rejected' then
      update house set status = 'closed' where estate_id = v_house.estate_id and id = v_house.id;
    end if;
  end if;
  return null;
end $$;
create trigger application_event_moves_house after insert on application_event
  for each row when (new.kind = 'unrecorded-deposit') execute function unrecorded_house_follows();

-- Merges a provisional house into a house on record: principal, interest and what was paid of the first
-- deposit move by one journal (two when part of the principal is no first deposit), the provisional house is
-- closed and names where it went, the open notices of both are void. Answers 'merged', or a refusal that
-- changed nothing: 'same-house', 'not-provisional', 'target-not-recorded', 'other-custody', 'other-fund',
-- 'reserved', 'spent', 'empty'.
create function merge_house(
  p_estate_id integer, p_house_id bigint, p_into_estate_id integer, p_into_house_id bigint,
  p_book_date date, p_actor text, p_note jsonb
) returns table (outcome text, journal_id bigint, superseded text[])
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_from house;
  v_into house;
  v_balance house_balance;
  v_accounts text[];
  v_value_date date;
  v_fund text;
  v_rest bigint;
  v_interest bigint;
  v_journal bigint;
  v_rest_journal bigint;
  v_superseded text[];
  v_key text := 'house-merge-' || p_estate_id || '-' || p_house_id;
begin
  if (p_estate_id, p_house_id) = (p_into_estate_id, p_into_house_id) then
    return query select 'same-house', null::bigint, '{}'::text[];
    return;
  end if;
  -- In the order of the keys: two merges over the same houses cannot wait for each other in a circle.
  if (p_estate_id, p_house_id) < (p_into_estate_id, p_into_house_id) then
    perform hold_house(p_estate_id, p_house_id);
    perform hold_house(p_into_estate_id, p_into_house_id);
  else
    perform hold_house(p_into_estate_id, p_into_house_id);
    perform hold_house(p_estate_id, p_house_id);
  end if;
  select h.* into strict v_from from house h where h.estate_id = p_estate_id and h.id = p_house_id for update;
  select h.* into strict v_into from house h
    where h.estate_id = p_into_estate_id and h.id = p_into_house_id for share;
  select b.* into strict v_balance from house_balance b
    where b.estate_id = p_estate_id and b.house_id = p_house_id;
  -- One principal account: a provisional house was paid by one notice.
  select array_agg(distinct e.account_code::text) filter (where e.account_code like '%.01') into v_accounts
    from entry e where e.estate_id = p_estate_id and e.house_id = p_house_id;
  v_fund := case v_into.house_nature when 'reform' then '3002' else '3001' end;
  outcome := case
    when v_from.status <> 'provisional' then 'not-provisional'
    when v_into.status <> 'recorded' then 'target-not-recorded'
    when (select count(distinct s.custody_account_id) from estate s
        where s.id in (p_estate_id, p_into_estate_id)) > 1 then 'other-custody'
    -- commodity housing (3001) and sold public housing (3002) are two funds: merging never moves money between them
    when exists (select from unnest(v_accounts) account where account <> v_fund || '.01') then 'other-fund'
    when v_balance.reserved_fen > 0 then 'reserved'
    when v_balance.principal_fen + v_balance.interest_fen = 0 then 'empty'
    when v_balance.first_paid_fen > v_balance.principal_fen or cardinality(v_accounts) > 1 then 'spent'
    else 'merged' end;
  if outcome <> 'merged' then
    return query select outcome, null::bigint, '{}'::text[];
    return;
  end if;

  v_rest := v_balance.principal_fen - v_balance.first_paid_fen;
  v_interest := v_balance.interest_fen;
  -- Interest runs on from the day on which the bank had the money.
  select max(j.value_date) into v_value_date from journal j join entry e on e.journal_id = j.id
    where e.estate_id = p_estate_id and e.house_id = p_house_id and j.kind = 'deposit';
  if v_balance.first_paid_fen > 0 then
    v_journal := move_between_houses(v_from, v_into, v_key, v_balance.first_paid_fen, v_interest, '00',
      v_accounts[1], v_fund, p_book_date, coalesce(v_value_date, p_book_date), p_actor, p_note);
    v_interest := 0;
  end if;
  if v_rest > 0 or v_interest > 0 then
    v_rest_journal := move_between_houses(v_from, v_into, v_key || '-rest', v_rest, v_interest, null,
      v_accounts[1], v_fund, p_book_date, coalesce(v_value_date, p_book_date), p_actor, p_note);
  end if;

  with cancelled as (
    update payment_notice n set state = 'cancelled', locked_by = null, locked_until = null
      where (n.estate_id, n.house_id) in ((p_estate_id, p_house_id), (p_into_estate_id, p_into_house_id))
        and n.state in ('issued', 'locked')
      returning n.no)
    select coalesce(array_agg(c.no), '{}') into v_superseded from cancelled c;
  perform release_house_address(p_estate_id, p_house_id);
  update house set status = 'closed', merged_into_estate_id = p_into_estate_id,
      merged_into_house_id = p_into_house_id
    where estate_id = p_estate_id and id = p_house_id;
  return query select 'merged', coalesce(v_journal, v_rest_journal), v_superseded;
end $$;

create function move_between_houses(
  p_from house, p_into house, p_key text, p_principal bigint, p_interest bigint, p_deposit_kind text,
  p_account text, p_fund text, p_book_date date, p_value_date date, p_actor text, p_note jsonb
) returns bigint language plpgsql security definer set search_path = public, pg_temp as $$
declare
  v_journal bigint;
begin
  select p.journal_id into strict v_journal from (
    select array_agg(e.account order by e.n) as accounts, array_agg(e.estate order by e.n) as estates,
        array_agg(e.house order by e.n) as houses, array_agg(e.amount order by e.n) as amounts,
        array_agg(null::integer) as custody, array_agg(null::jsonb) as notes
      from (values
        (1, coalesce(p_account, '3001.01'), p_from.estate_id, p_from.id, p_principal),
        (2, p_fund || '.01', p_into.estate_id, p_into.id, -p_principal),
        (3, left(coalesce(p_account, '3001.01'), 4) || '.02', p_from.estate_id, p_from.id, p_interest),
        (4, p_fund || '.02', p_into.estate_id, p_into.id, -p_interest)
      ) as e (n, account, estate, house, amount) where e.amount <> 0) x,
    post_journal('house-merge', p_book_date, p_value_date, p_key, p_actor, p_deposit_kind, null, null, p_note,
      x.accounts, x.custody, x.estates, x.houses, x.amounts, x.notes) p;
  return v_journal;
end $$;

-- Once merged, always merged: neither the state nor the way it went can be rewritten.
create function guard_merged_house() returns trigger language plpgsql as $$
begin
  if (new.status, new.merged_into_estate_id, new.merged_into_house_id)
      is distinct from (old.status, old.merged_into_estate_id, old.merged_into_house_id) then
    raise exception 'house % was merged and stays so', old.code using errcode = 'WX031';
  end if;
  return new;
end $$;
create trigger house_stays_merged before update on house
  for each row when (old.merged_into_house_id is not null) execute function guard_merged_house();

-- A house's nature says to which fund its money belongs. Once something was booked it stays within that fund, or
-- the next refund would take out of one fund what lies in the other.
create function guard_house_fund() returns trigger language plpgsql as $$
begin
  if exists (select from entry e where e.estate_id = old.estate_id and e.house_id = old.id) then
    raise exception 'house % has money in the fund of "%" and cannot become "%"', old.code, old.house_nature,
      new.house_nature using errcode = 'WX029';
  end if;
  return new;
end $$;
create trigger house_keeps_its_fund before update of house_nature on house
  for each row when ((old.house_nature = 'reform') <> (new.house_nature = 'reform'))
  execute function guard_house_fund();

-- At commit a merged house holds nothing, and what moved between two houses moved by their merging.
create function check_merged_house() returns trigger language plpgsql as $$
begin
  if exists (select from house_balance where estate_id = new.estate_id and house_id = new.id
      and (principal_fen, interest_fen, first_paid_fen) <> (0, 0, 0)) then
    raise exception 'house % was merged, but money stayed with it', new.code using errcode = 'WX032';
  end if;
  return null;
end $$;
create constraint trigger house_merged_is_empty after insert or update of merged_into_house_id on house
  deferrable initially deferred for each row when (new.merged_into_house_id is not null)
  execute function check_merged_house();

create function journal_has_its_merging() returns trigger language plpgsql as $$
begin
  if not is_merging(new.id) then
    raise exception 'journal % moves money between houses that were not merged', new.id using errcode = 'WX033';
  end if;
  return null;
end $$;
create function is_merging(p_journal_id bigint) returns boolean language sql stable as $$
  select count(*) filter (where e.amount_fen > 0) between 1 and 2
      and count(distinct (e.estate_id, e.house_id)) = 2
      and bool_and(case when e.amount_fen > 0 then h.merged_into_house_id is not null
        else exists (select from entry source join house s on s.estate_id = source.estate_id
              and s.id = source.house_id
            where source.journal_id = e.journal_id and source.amount_fen = -e.amount_fen
              and right(source.account_code, 3) = right(e.account_code, 3)
              and s.merged_into_estate_id = e.estate_id and s.merged_into_house_id = e.house_id) end)
    from entry e left join house h on h.estate_id = e.estate_id and h.id = e.house_id
    where e.journal_id = p_journal_id
$$;
create constraint trigger journal_of_merging_has_houses after insert on journal
  deferrable initially deferred for each row when (new.kind = 'house-merge')
  execute function journal_has_its_merging();

revoke all on function merge_house, move_between_houses, release_house_address, clear_provisional_owners
  from public;
grant execute on function merge_house, clear_provisional_owners to fund_app;
grant select, insert, delete on unrecorded_deposit to fund_app;
grant update (form_cipher, earlier_form_ciphers, saved_at, application_id) on unrecorded_deposit to fund_app;
-- a provisional house has its number in its code: one made of its address would stand in the way of the house
-- that really has this address
grant usage on sequence house_id_seq to fund_app;
