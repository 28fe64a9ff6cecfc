-- Since when the stock of a linked pair differs, as both were last read: of syncs that carry stock.
alter table sync_links add column stock_differs_since timestamptz;
create index sync_links_stock on sync_links (organisation_id, integration) where stock_differs_since is not null;
