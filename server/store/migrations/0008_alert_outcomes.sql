-- How the last attempt to tell somebody ended, by destination: {"slack C123": {"at": "…", "error": null}}.
alter table alert_settings add column outcomes jsonb not null default '{}';
