-- Which accounts the demonstration made. Their passwords are public, so a start that is no demonstration
-- closes them. Every table of accounts that the demonstration fills carries this column and `is_disabled`.

alter table bank_teller add column is_demonstration boolean not null default false;
-- the names under which the demonstration made its tellers before they were marked
update bank_teller set is_demonstration = true
  where username in ('teller-demo', 'teller2-demo', 'teller-other-demo');
