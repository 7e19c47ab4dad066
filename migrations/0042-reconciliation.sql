-- 对账: what a bank's statement file says of a custody account, held against the ledger; a closed statement is kept for
-- ever, with what matched what and what was carried over, and by whom (decision 0017).

-- Every movement of money at a bank as the bank sees it: one payment is one movement, also where two journals book it.
-- `bank_day` is the day on which the bank moved the money; a reversal happens on its own day. What takes back an opening
-- moved nothing at the bank either, and is an opening of the same day. In is positive.
create function bank_day_of(j journal, original journal) returns date language sql immutable as $$
  select case when j.kind <> 'reversal' then j.value_date when original.kind = 'opening' then original.value_date
    else j.book_date end
$$;
create view bank_movement as
  select e.custody_account_id, coalesce(rest.journal_id, j.id) as journal_id,
      min(case when original.kind = 'opening' then 'opening' else j.kind end) as kind,
      min(bank_day_of(j, original)) as bank_day, min(j.reverses) as reverses,
      sum(e.amount_fen)::bigint as amount_fen,
      min(coalesce(r.bank_ref, d.bank_ref, rest.bank_ref)) as bank_ref,
      min(coalesce(j.notice_no, d.voucher_no, rest.voucher_no)) as notice_no
    from entry e join journal j on j.id = e.journal_id
      left join journal original on original.id = j.reverses
      left join bank_receipt r on r.journal_id = j.id
      left join bank_disbursement d on d.journal_id = j.id
      left join bank_disbursement rest on rest.rest_journal_id = j.id
    where e.account_code = '1001'
    group by e.custody_account_id, coalesce(rest.journal_id, j.id)
    having sum(e.amount_fen) <> 0;

-- A file as it was read. Counterparties' names are personal data and are not kept.
create table bank_statement (
  id integer generated always as identity primary key,
  custody_account_id integer not null references custody_account,
  first_day date not null,
  last_day date not null,
  line_count integer not null check (line_count >= 0),
  total_fen fen not null check (total_fen >= 0),
  opening_fen fen not null,
  closing_fen fen not null,
  content_hash bytea not null check (length(content_hash) = 32),
  uploaded_by integer not null references staff_member,
  uploaded_at timestamptz not null,
  unique (id, custody_account_id),
  check (first_day <= last_day),
  -- A day that still runs moves money after its file was made.
  constraint bank_statement_of_days_over check (last_day < (uploaded_at at time zone 'Asia/Shanghai')::date)
);
create index bank_statement_by_account on bank_statement (custody_account_id, id desc);

create table bank_statement_line (
  statement_id integer not null references bank_statement,
  seq integer not null check (seq >= 1),
  bank_txn_no text not null,
  request_id text,
  notice_no text check (notice_no ~ '^[0-9]{18}$'),
  kind text not null check (kind in ('deposit', 'refund', 'use', 'interest', 'reversal', 'other')),
  -- money in is positive
  amount_fen fen not null check (amount_fen <> 0),
  at timestamptz not null,
  value_date date not null,
  primary key (statement_id, seq)
);
create index bank_statement_line_by_number on bank_statement_line (bank_txn_no);

-- What somebody wrote to a difference while the statement was worked; the newest of an item counts.
create table statement_note (
  id bigint generated always as identity primary key,
  statement_id integer not null references bank_statement,
  line_statement_id integer,
  line_seq integer,
  journal_id bigint references journal,
  reason text not null check (reason in ('cut-off', 'bank-inquiry', 'to-be-booked')),
  remark text not null check (length(remark) between 2 and 200),
  noted_by integer not null references staff_member,
  noted_at timestamptz not null,
  unique (id, statement_id),
  foreign key (line_statement_id, line_seq) references bank_statement_line,
  constraint statement_note_of_one_item check (
    (line_statement_id is null) = (line_seq is null) and (line_seq is null) <> (journal_id is null))
);
create index statement_note_by_statement on statement_note (statement_id, id);

create table statement_closing (
  statement_id integer primary key,
  custody_account_id integer not null,
  last_day date not null,
  matched_count integer not null check (matched_count >= 0),
  carried_count integer not null check (carried_count >= 0),
  closed_by integer not null references staff_member,
  closed_at timestamptz not null,
  settled_count integer not null default 0 check (settled_count >= 0),
  -- The newest journal as it was closed: whatever is newer may be booked into its days later on.
  last_journal_id bigint not null default 0,
  foreign key (statement_id, custody_account_id) references bank_statement (id, custody_account_id),
  unique (custody_account_id, last_day)
);

-- Which movement a bank's line is. Each of them once, for ever.
create table statement_match (
  statement_id integer not null references statement_closing,
  line_statement_id integer not null,
  line_seq integer not null,
  custody_account_id integer not null references custody_account,
  journal_id bigint not null references journal,
  rule text not null check (rule in ('reference', 'notice', 'day-amount')),
  primary key (line_statement_id, line_seq),
  unique (custody_account_id, journal_id),
  foreign key (line_statement_id, line_seq) references bank_statement_line
);
create index statement_match_by_statement on statement_match (statement_id);

-- What one side took back by itself (两清): two of the same `pair`, whose sum is nothing. Each of them once, for ever.
create table statement_settled (
  statement_id integer not null references statement_closing,
  pair integer not null check (pair >= 1),
  custody_account_id integer not null references custody_account,
  line_statement_id integer,
  line_seq integer,
  journal_id bigint references journal,
  unique (line_statement_id, line_seq),
  unique (custody_account_id, journal_id),
  foreign key (line_statement_id, line_seq) references bank_statement_line,
  constraint statement_settled_of_one_item check (
    (line_statement_id is null) = (line_seq is null) and (line_seq is null) <> (journal_id is null))
);
create index statement_settled_by_statement on statement_settled (statement_id);

create table statement_carry (
  statement_id integer not null references statement_closing,
  note_id bigint not null,
  primary key (statement_id, note_id),
  foreign key (note_id, statement_id) references statement_note (id, statement_id)
);

-- Four eyes, the newest file, and no day between two closed statements, nor a fen.
create function check_statement_follows() returns trigger language plpgsql as $$
declare
  v_statement bank_statement;
  v_last bank_statement;
begin
  perform pg_advisory_xact_lock(hashtextextended('reconciliation of ' || new.custody_account_id, 0));
  select * into strict v_statement from bank_statement where id = new.statement_id;
  select s.* into v_last from statement_closing c join bank_statement s on s.id = c.statement_id
    where c.custody_account_id = new.custody_account_id order by c.last_day desc limit 1;
  if new.closed_by = v_statement.uploaded_by then
    raise exception 'staff member % uploaded statement % and cannot close it', new.closed_by, new.statement_id
      using errcode = 'WX080';
  end if;
  if new.last_day <> v_statement.last_day or exists (select from bank_statement
      where custody_account_id = new.custody_account_id and id > new.statement_id) then
    raise exception 'statement % is not the newest of its account', new.statement_id using errcode = 'WX081';
  end if;
  if v_last.id is not null and (v_statement.first_day <> v_last.last_day + 1
      or v_statement.opening_fen <> v_last.closing_fen) then
    raise exception 'statement % does not follow statement %', new.statement_id, v_last.id using errcode = 'WX082';
  end if;
  select coalesce(max(id), 0) into new.last_journal_id from journal;
  return new;
end $$;
create trigger statement_closing_follows before insert on statement_closing
  for each row execute function check_statement_follows();

-- What was taken over before this day is the opening balance of the account's first statement, and matches no line.
create function first_opening_day(p_account integer) returns date language sql stable as $$
  select min(s.first_day) from statement_closing c join bank_statement s on s.id = c.statement_id
    where c.custody_account_id = p_account
$$;

-- At commit every line up to here is matched by an equal movement, or carried; so is every movement up to the last day.
create function check_statement_closing() returns trigger language plpgsql as $$
declare
  v_statement bank_statement;
  v_matched integer;
  v_carried integer;
  v_taken_over bigint;
  v_told bigint;
  v_settled integer;
begin
  select * into strict v_statement from bank_statement where id = new.statement_id;
  if (select (count(*), coalesce(sum(amount_fen), 0)) from bank_statement_line where statement_id = new.statement_id)
      <> (v_statement.line_count::bigint, (v_statement.closing_fen - v_statement.opening_fen)::numeric) then
    raise exception 'statement % does not add up', new.statement_id using errcode = 'WX083';
  end if;
  select count(*) into v_matched from statement_match where statement_id = new.statement_id;
  select count(*) into v_carried from statement_carry where statement_id = new.statement_id;
  select count(*) into v_settled from statement_settled where statement_id = new.statement_id;
  if (v_matched, v_carried, v_settled) <> (new.matched_count, new.carried_count, 2 * new.settled_count) then
    raise exception 'statement % matches %, carries % and settles %, it says %, % and twice %', new.statement_id,
      v_matched, v_carried, v_settled, new.matched_count, new.carried_count, new.settled_count using errcode = 'WX084';
  end if;
  -- Summed without joining the matches to themselves: a young database has no statistics to plan that by.
  if exists (select from statement_match m join bank_statement s on s.id = m.line_statement_id
      where m.statement_id = new.statement_id
        and (m.custody_account_id <> new.custody_account_id or s.custody_account_id <> new.custody_account_id))
    or exists (
      select from (
        select m.journal_id, -l.amount_fen::bigint as fen from statement_match m
            join bank_statement_line l on (l.statement_id, l.seq) = (m.line_statement_id, m.line_seq)
          where m.statement_id = new.statement_id
        union all
        select m.journal_id, e.amount_fen::bigint from statement_match m join entry e on e.journal_id = m.journal_id
          where m.statement_id = new.statement_id and e.account_code = '1001'
            and e.custody_account_id = new.custody_account_id
        union all
        select m.journal_id, e.amount_fen::bigint from statement_match m
            join bank_disbursement d on d.journal_id = m.journal_id join entry e on e.journal_id = d.rest_journal_id
          where m.statement_id = new.statement_id and e.account_code = '1001'
            and e.custody_account_id = new.custody_account_id) side
      group by journal_id having sum(fen) <> 0) then
    raise exception 'statement % matches what is not equal', new.statement_id using errcode = 'WX085';
  end if;
  -- Two of one side: a journal and what reverses it, or a line and the bank's REVERSAL of its number or notice.
  if exists (select from statement_settled x
      left join journal j on j.id = x.journal_id
      left join bank_statement_line l on (l.statement_id, l.seq) = (x.line_statement_id, x.line_seq)
      left join bank_statement s on s.id = l.statement_id
      left join lateral (select sum(e.amount_fen) as fen from entry e where e.journal_id = x.journal_id
        and e.account_code = '1001' and e.custody_account_id = x.custody_account_id) moved on true
    where x.statement_id = new.statement_id
    group by x.pair
    having count(*) <> 2 or sum(coalesce(l.amount_fen, moved.fen)) is distinct from 0
      or not bool_and(x.custody_account_id = new.custody_account_id
        and coalesce(s.custody_account_id, x.custody_account_id) = new.custody_account_id)
      or not (count(j.id) = 2 and count(distinct coalesce(j.reverses, j.id)) = 1
        or count(l.seq) = 2 and count(*) filter (where l.kind = 'reversal') = 1
          and (min(l.bank_txn_no) = max(l.bank_txn_no)
            or count(l.notice_no) = 2 and min(l.notice_no) = max(l.notice_no)))) then
    raise exception 'statement % settles what is no pair', new.statement_id using errcode = 'WX085';
  end if;
  if exists (select from statement_settled x where x.statement_id = new.statement_id
      and (exists (select from statement_match m where m.journal_id = x.journal_id
          and m.custody_account_id = x.custody_account_id)
        or exists (select from statement_match m
          where (m.line_statement_id, m.line_seq) = (x.line_statement_id, x.line_seq)))) then
    raise exception 'statement % settles what is matched', new.statement_id using errcode = 'WX087';
  end if;
  -- Opening balance that was taken over + everything matched + the bank's lines that are carried = the bank's balance.
  select s.opening_fen into v_taken_over from statement_closing c join bank_statement s on s.id = c.statement_id
    where c.custody_account_id = new.custody_account_id order by c.last_day limit 1;
  select v_taken_over
      + coalesce((select sum(l.amount_fen) from statement_match m join statement_closing c on c.statement_id = m.statement_id
          join bank_statement_line l on (l.statement_id, l.seq) = (m.line_statement_id, m.line_seq)
          where c.custody_account_id = new.custody_account_id and c.last_day <= new.last_day), 0)
      + coalesce((select sum(l.amount_fen) from statement_carry carry join statement_note n on n.id = carry.note_id
          join bank_statement_line l on (l.statement_id, l.seq) = (n.line_statement_id, n.line_seq)
          where carry.statement_id = new.statement_id), 0)
    into v_told;
  -- What was taken over later on, into the days before the first statement, was never held against the bank's balance.
  if v_taken_over <> (select coalesce(sum(b.amount_fen), 0) from bank_movement b
      where b.custody_account_id = new.custody_account_id and b.kind = 'opening'
        and b.bank_day <= first_opening_day(new.custody_account_id)) then
    raise exception 'account % was not taken over with %', new.custody_account_id, v_taken_over using errcode = 'WX090';
  end if;
  if v_told <> v_statement.closing_fen then
    raise exception 'statement % closes at %, what is matched and carried makes %', new.statement_id,
      v_statement.closing_fen, v_told using errcode = 'WX086';
  end if;
  if exists (select from statement_carry carry join statement_note n on n.id = carry.note_id
      where carry.statement_id = new.statement_id
        and (n.noted_by = new.closed_by
          or exists (select from statement_match m where m.journal_id = n.journal_id
              and m.custody_account_id = new.custody_account_id)
          or exists (select from statement_match m
              where (m.line_statement_id, m.line_seq) = (n.line_statement_id, n.line_seq))
          or exists (select from statement_settled x where x.journal_id = n.journal_id
              and x.custody_account_id = new.custody_account_id)
          or exists (select from statement_settled x
              where (x.line_statement_id, x.line_seq) = (n.line_statement_id, n.line_seq)))) then
    raise exception 'statement % carries what is matched or settled, or what its closer wrote', new.statement_id
      using errcode = 'WX087';
  end if;
  if exists (select from bank_movement b
      where b.custody_account_id = new.custody_account_id and b.bank_day <= new.last_day
        and not (b.kind = 'opening' and b.bank_day <= first_opening_day(new.custody_account_id))
        and not exists (select from statement_match m
          where m.custody_account_id = b.custody_account_id and m.journal_id = b.journal_id)
        and not exists (select from statement_settled x
          where x.custody_account_id = b.custody_account_id and x.journal_id = b.journal_id)
        and not exists (select from statement_carry carry join statement_note n on n.id = carry.note_id
          where carry.statement_id = new.statement_id and n.journal_id = b.journal_id)) then
    raise exception 'statement % leaves a movement of the ledger open', new.statement_id using errcode = 'WX089';
  end if;
  return null;
end $$;
create constraint trigger statement_closing_is_worked after insert on statement_closing
  deferrable initially deferred for each row execute function check_statement_closing();

-- Nothing joins a closing later: what it says it matched and carried is counted with each insert.
create function refuse_late_match() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct statement_id from added) a join statement_closing c using (statement_id)
      where c.matched_count <> (select count(*) from statement_match m where m.statement_id = c.statement_id)) then
    raise exception 'a closed statement matches nothing more' using errcode = 'WX084';
  end if;
  return null;
end $$;
create trigger statement_match_not_late after insert on statement_match
  referencing new table as added for each statement execute function refuse_late_match();
create function refuse_late_settling() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct statement_id from added) a join statement_closing c using (statement_id)
      where 2 * c.settled_count <> (select count(*) from statement_settled m where m.statement_id = c.statement_id)) then
    raise exception 'a closed statement settles nothing more' using errcode = 'WX084';
  end if;
  return null;
end $$;
create trigger statement_settled_not_late after insert on statement_settled
  referencing new table as added for each statement execute function refuse_late_settling();
create function refuse_late_carry() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct statement_id from added) a join statement_closing c using (statement_id)
      where c.carried_count <> (select count(*) from statement_carry m where m.statement_id = c.statement_id)) then
    raise exception 'a closed statement carries nothing more' using errcode = 'WX084';
  end if;
  return null;
end $$;
create trigger statement_carry_not_late after insert on statement_carry
  referencing new table as added for each statement execute function refuse_late_carry();

-- A file's lines come with it, all at once; notes while the statement is open.
create function refuse_missing_lines() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct statement_id from added) a join bank_statement s on s.id = a.statement_id
      where s.line_count <> (select count(*) from bank_statement_line l where l.statement_id = s.id)) then
    raise exception 'a statement has other lines than it says' using errcode = 'WX088';
  end if;
  return null;
end $$;
create trigger bank_statement_line_at_once after insert on bank_statement_line
  referencing new table as added for each statement execute function refuse_missing_lines();
create function refuse_when_closed() returns trigger language plpgsql as $$
begin
  if exists (select from (select distinct statement_id from added) a join statement_closing using (statement_id)) then
    raise exception 'the statement is closed' using errcode = 'WX088';
  end if;
  return null;
end $$;
create trigger statement_note_while_open after insert on statement_note
  referencing new table as added for each statement execute function refuse_when_closed();

-- What is recorded after the day on which the bank moved it, and so may fall into a day that is closed.
create index journal_recorded_late on journal (id)
  where kind = 'reversal' or (recorded_at at time zone 'Asia/Shanghai')::date > least(book_date, value_date);
create index journal_by_value_date on journal (value_date);

-- The earliest day of what was booked into an account's closed days later on (后补记账) and is neither matched, settled
-- nor carried; null for none. A posting that was under way while the statement was closed has a number from just before.
-- Few come into question, whatever the account moved: all else is looked up for these alone, one by one.
create function booked_into_closed_days(p_account integer) returns date language sql stable set jit = off as $$
  with late as materialized (
    select j.id, c.statement_id, c.last_day, j.id > c.last_journal_id as is_newer,
        coalesce((select d.journal_id from bank_disbursement d where d.rest_journal_id = j.id), j.id) as journal_id,
        coalesce((select o.kind from journal o where o.id = j.reverses), j.kind) as kind,
        coalesce((select bank_day_of(j, o) from journal o where o.id = j.reverses), j.value_date) as bank_day
      from (select * from statement_closing where custody_account_id = p_account order by last_day desc limit 1) c
        join journal j on j.id > c.last_journal_id - 100
          and (j.kind = 'reversal' or (j.recorded_at at time zone 'Asia/Shanghai')::date > least(j.book_date, j.value_date))
      where j.kind = 'reversal' or j.value_date <= c.last_day),
  moved as materialized (
    select l.*, (select sum(e.amount_fen) from entry e
        where e.journal_id = l.id and e.account_code = '1001' and e.custody_account_id = p_account) as fen
      from late l where l.bank_day <= l.last_day and (l.is_newer or l.kind <> 'opening')),
  whole as materialized (
    select statement_id, journal_id, min(bank_day) as bank_day from moved
      group by statement_id, journal_id having sum(fen) <> 0)
  select min(w.bank_day) from whole w
    where (select count(*) from statement_match m
        where m.custody_account_id = p_account and m.journal_id = w.journal_id) = 0
      and (select count(*) from statement_settled x
        where x.custody_account_id = p_account and x.journal_id = w.journal_id) = 0
      and (select count(*) from statement_carry carry join statement_note n on n.id = carry.note_id
        where carry.statement_id = w.statement_id and n.journal_id = w.journal_id) = 0
$$;

-- Up to which day an account agrees with its bank: its last closed day, or the day before what was booked into closed days
-- later on; null where nothing was ever closed.
create function reconciled_until(p_account integer) returns date language sql stable as $$
  select least((select max(last_day) from statement_closing where custody_account_id = p_account),
    case when exists (select from statement_closing where custody_account_id = p_account)
      then booked_into_closed_days(p_account) - 1 end)
$$;

-- The first day on which an account moved money. One of few movements is read whole; for another the days are gone through
-- from the first on.
create function first_moved_on(p_account integer) returns date language sql stable as $$
  select case when (select count(*) from (select from entry
      where custody_account_id = p_account and account_code = '1001' limit 1001) few) <= 1000
    then (select min(j.value_date) from entry e join journal j on j.id = e.journal_id
      where e.custody_account_id = p_account and e.account_code = '1001')
    else (select j.value_date from journal j where exists (select from entry e where e.journal_id = j.id
        and e.custody_account_id = p_account and e.account_code = '1001')
      order by j.value_date limit 1) end
$$;

do $$
declare
  v_table text;
begin
  foreach v_table in array array['bank_statement', 'bank_statement_line', 'statement_note', 'statement_closing',
      'statement_match', 'statement_settled', 'statement_carry'] loop
    execute format('create trigger %1$s_append_only before update or delete on %1$s
      for each row execute function refuse_change()', v_table);
    execute format('create trigger %1$s_no_truncate before truncate on %1$s
      for each statement execute function refuse_change()', v_table);
  end loop;
end $$;

grant select on bank_movement to fund_app;
grant select, insert on bank_statement, bank_statement_line, statement_note, statement_closing, statement_match,
  statement_settled, statement_carry to fund_app;
