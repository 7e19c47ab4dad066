-- Which person claims a refund: the keyed hash of the document that he proved himself with. His place among the
-- owners and his name are not enough, since the register may name another person of the same name there later.
-- Claims made before have none; every claim from here on says it.
alter table owner_refund_claim add column owner_document_hash bytea
  check (octet_length(owner_document_hash) = 32);
alter table owner_refund_claim add constraint owner_refund_claim_names_person
  check (owner_document_hash is not null) not valid;

-- Money in suspense is listed by its age.
create index bank_receipt_in_suspense on bank_receipt (received_at, id) where outcome = 'suspense';
