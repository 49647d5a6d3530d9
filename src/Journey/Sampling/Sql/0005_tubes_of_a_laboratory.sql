-- What a laboratory has to test, and what came to it in the last hour and day, whatever county a tube is of.
CREATE INDEX tube_lab ON tube (lab, received_at, state) WHERE lab IS NOT NULL;
