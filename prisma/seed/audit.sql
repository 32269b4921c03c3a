-- Appends what happened before the seed to the audit trail, with the moments it happened at; `add_audit` stamps the present.
create function pg_temp.add_history(p_events jsonb) returns int language sql set search_path = public as $$
  insert into audit_event (at, actor, action, subject)
  select at, actor, action, subject
  from jsonb_to_recordset(p_events) as event (at timestamptz, actor text, action text, subject jsonb) order by at;
  select chain_audit(10000000)
$$
