-- A run is asked for by its id alone: whoever asks does not know yet whose it is.
CREATE INDEX run_id ON run (id);
