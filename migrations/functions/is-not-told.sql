-- Whether a sleeping project's owner was never told of it: there are mails of this sleep, and no server has taken any.
-- A mail of a digest is taken with the digest. Inlined by the planner.
create or replace function vigie.is_not_told(project_id varchar, deactivated_at timestamp)
returns boolean language sql stable as $$
  select exists (
      select from vigie.mail m
      where m.project_id = is_not_told.project_id and m.template = 'project-disabled'
        and m.created_at = is_not_told.deactivated_at at time zone 'utc')
    and not exists (
      select from vigie.mail m
      left join vigie.mail g on g.id = m.digest_id
      where m.project_id = is_not_told.project_id and m.template = 'project-disabled'
        and m.created_at = is_not_told.deactivated_at at time zone 'utc'
        and (m.status = 'sent' or g.status = 'sent'))
$$;
