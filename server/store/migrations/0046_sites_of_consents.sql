-- Vendors whose consent page stands at an address of the customer's own: which one was visited.
alter table oauth_attempts add site text;
