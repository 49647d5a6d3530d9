-- Temporary identities are few: an import asks of every document whether intake has met it before.
CREATE INDEX person_met ON person (id) WHERE temporary IS NOT NULL;
