-- An owner's home: his applications are found by the phone that he gave with them. Those of before have no
-- hash, since only the application can make one; they are found by the house.
alter table application_contact add column phone_hash bytea;
create index application_contact_by_phone on application_contact (phone_hash) where phone_hash is not null;
-- A corrected registration may name another contact: it is found by his phone from then on, and by the former
-- contact's no more.
grant update (phone_hash) on application_contact to fund_app;
