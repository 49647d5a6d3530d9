-- The board asks each round how many tubes wait in which state and since when, how old what waits is, and what moved in the last hour: all from
-- indexes, however many tubes there are.
DROP INDEX tube_waiting;
DROP INDEX tube_ended;
CREATE INDEX tube_waiting ON tube (owner, round, state, updated_at, count, sealed_at) WHERE state < 9;
CREATE INDEX tube_ended ON tube (owner, round, state, updated_at, count, sealed_at, received_at) WHERE state >= 9;
CREATE INDEX tube_sealed ON tube (owner, round, sealed_at, count) WHERE sealed_at IS NOT NULL;
CREATE INDEX tube_received ON tube (owner, round, received_at, sealed_at, count) WHERE received_at IS NOT NULL;
