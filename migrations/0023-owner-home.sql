-- An owner's home: his applications are found by the phone that he gave with them. Those of before have no
-- hash, since only the application can make one; they are found by the house.
alter table application_contact add column phone_hash bytea;
create index application_contact_by_phone on application_contact (phone_hash) where phone_hash is not null;
