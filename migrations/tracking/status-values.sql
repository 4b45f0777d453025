-- Outside a transaction block: a new enum value can't be used in the transaction that adds it.
alter type public.project_status add value if not exists 'inactive';
alter type public.project_status add value if not exists 'permanently_disabled';
