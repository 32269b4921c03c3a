-- Appends what happened before the seed to the audit chain, with the moments it happened at. `add_audit` stamps the
-- present and takes the head once per event; this takes it once per call. The hashes are the chain's own.
create function pg_temp.add_history(p_events jsonb) returns bigint language plpgsql set search_path = public as $$
declare
  head audit_head;
  event record;
  next_hash bytea;
begin
  select * into head from audit_head for update;
  for event in
    select * from jsonb_to_recordset(p_events) as event (at timestamptz, actor text, action text, subject jsonb) order by at loop
    head.seq := head.seq + 1;
    next_hash := audit_hash(head.hash, head.seq, event.at, event.actor, event.action, event.subject);
    insert into audit_event values (head.seq, event.at, event.actor, event.action, event.subject, head.hash, next_hash);
    head.hash := next_hash;
  end loop;
  update audit_head set seq = head.seq, hash = head.hash;
  return head.seq;
end $$
