-- An import asks for each document whether intake has met somebody by it: those who wait for their names are few.
CREATE INDEX person_temporary ON person (id) WHERE temporary IS NOT NULL;
