-- A run's name is noted by the statement that ends the run, for many at once: a trigger for each row cost twice as much.
drop trigger runs_named on runs;
drop trigger runs_renamed on runs;
drop function note_run_name();
