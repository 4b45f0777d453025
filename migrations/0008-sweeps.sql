-- What the comparison of a preview with the last sweep goes by.

-- Since when a listed project's clock ran when it was listed: its last activity, or when it was put to sleep.
alter table vigie.run_project add column sort_at timestamp;
-- The teams whose projects alone a sweep looked at; null: all.
alter table vigie.job_run add column team_ids varchar(32)[];
