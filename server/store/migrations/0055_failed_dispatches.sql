-- How many were not taken is asked whenever somebody looks at the list.
create index dispatches_failed on dispatches (receiver_id) where state = 'failed' and data is not null;
