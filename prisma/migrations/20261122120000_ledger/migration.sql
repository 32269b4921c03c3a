-- Audit chain, idempotent answers and messages: what every change writes beside itself, in its transaction.

create function audit_hash(p_previous bytea, p_seq bigint, p_at timestamptz, p_actor text, p_action text, p_subject jsonb)
returns bytea language sql stable as $$
  select sha256(p_previous || convert_to(
    p_seq || '|' || extract(epoch from p_at)::numeric || '|' || p_actor || '|' || p_action || '|' || p_subject::text, 'UTF8'))
$$;

-- Appends one event. Holds the head's lock until commit, so the chain never forks: call it last.
create function add_audit(p_actor text, p_action text, p_subject jsonb) returns bigint
language plpgsql security definer set search_path = public as $$
declare
  head audit_head;
  next_seq bigint;
  moment timestamptz := now();
  next_hash bytea;
begin
  select * into head from audit_head for update;
  next_seq := head.seq + 1;
  next_hash := audit_hash(head.hash, next_seq, moment, p_actor, p_action, p_subject);
  insert into audit_event values (next_seq, moment, p_actor, p_action, p_subject, head.hash, next_hash);
  update audit_head set seq = next_seq, hash = next_hash;
  return next_seq;
end $$;

-- Begins an operation under a key. Null: go on. Otherwise the stored answer of the same request, marked as a replay,
-- or KEY_REUSED for another request. A rival with the same key waits here until the first one ends.
create function begin_once(p_actor text, p_key text, p_operation text, p_hash text) returns jsonb
language plpgsql security definer set search_path = public as $$
declare stored idempotency_key;
begin
  insert into idempotency_key (actor, key, operation, request_hash)
  values (p_actor, p_key, p_operation, p_hash) on conflict do nothing;
  if found then return null; end if;
  select * into stored from idempotency_key where actor = p_actor and key = p_key;
  if stored.operation <> p_operation or stored.request_hash <> p_hash then
    return jsonb_build_object('code', 'KEY_REUSED');
  end if;
  return stored.answer || jsonb_build_object('replayed', true);
end $$;

-- Ends it: a success is kept for replays, a refusal wrote nothing and leaves the key free.
create function end_once(p_actor text, p_key text, p_answer jsonb) returns jsonb
language plpgsql security definer set search_path = public as $$
begin
  if p_answer ->> 'code' = 'OK' then
    update idempotency_key set answer = p_answer where actor = p_actor and key = p_key;
  else
    delete from idempotency_key where actor = p_actor and key = p_key and answer is null;
  end if;
  return p_answer;
end $$;

-- Records a message and, where there is somebody to send it to, its delivery job.
-- A guest without a contact reads it on the stay page: such a message is delivered by being there. A reminder that was
-- written before is not written again: null.
create function post_message(p_kind text, p_side side, p_placement uuid, p_arrival uuid, p_host uuid) returns uuid
language plpgsql security definer set search_path = public as $$
declare
  message_id uuid;
  on_page boolean := p_side = 'GUEST' and coalesce(
    (select contact_kind <> 'MAIL' from arrival where id = p_arrival), true);
begin
  insert into message (kind, to_side, placement_id, arrival_id, host_id, delivered_at)
  values (p_kind, p_side, p_placement, p_arrival, p_host, case when on_page then now() end)
  on conflict (placement_id, kind) where kind in ('REMIND_HOST', 'REMIND_GUEST') do nothing
  returning id into message_id;
  if message_id is null then return null; end if;
  if not on_page then
    perform graphile_worker.add_job('deliver_message', json_build_object('messageId', message_id),
      job_key => 'message:' || message_id, max_attempts => 12);
  end if;
  return message_id;
end $$;
