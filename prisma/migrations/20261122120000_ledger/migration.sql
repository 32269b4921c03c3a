-- Audit chain, idempotent answers and messages: what every change writes beside itself, in its transaction.

create function audit_hash(p_previous bytea, p_place bigint, p_at timestamptz, p_actor text, p_action text, p_subject jsonb)
returns bytea language sql stable as $$
  select sha256(p_previous || convert_to(
    p_place || '|' || extract(epoch from p_at)::numeric || '|' || p_actor || '|' || p_action || '|' || p_subject::text, 'UTF8'))
$$;

-- The number of a key's lock: whoever does something under the key holds it until the end of the transaction.
create function key_number(p_actor text, p_key text) returns bigint language sql immutable as $$
  select hashtextextended(p_actor || ' ' || p_key, 0)
$$;

-- Begins an operation under a key. Null: go on. Otherwise the stored answer of the same request, marked as a replay,
-- or KEY_REUSED for another request. A rival with the same key waits here until the first one ends.
create function begin_once(p_actor text, p_key text, p_operation text, p_hash text) returns jsonb
language plpgsql security definer set search_path = public as $$
declare stored idempotency_key;
begin
  -- not by the row alone: of several operations that came together none has its row before it ends (begin_each)
  perform pg_advisory_xact_lock(key_number(p_actor, p_key));
  insert into idempotency_key (actor, key, operation, request_hash)
  values (p_actor, p_key, p_operation, p_hash) on conflict do nothing;
  if found then return null; end if;
  select * into stored from idempotency_key where actor = p_actor and key = p_key;
  if stored.operation <> p_operation or stored.request_hash <> p_hash then
    return jsonb_build_object('code', 'KEY_REUSED');
  end if;
  return stored.answer || jsonb_build_object('replayed', true);
end $$;

-- Ends it: a success is kept for replays, and a refusal that wrote something (`kept`). Any other refusal wrote nothing and
-- leaves the key free.
create function end_once(p_actor text, p_key text, p_answer jsonb) returns jsonb
language plpgsql security definer set search_path = public as $$
begin
  if p_answer ->> 'code' = 'OK' or p_answer ? 'kept' then
    update idempotency_key set answer = p_answer where actor = p_actor and key = p_key;
  else
    delete from idempotency_key where actor = p_actor and key = p_key and answer is null;
  end if;
  return p_answer;
end $$;

-- The same for several operations that came together, each under a key of its own and no key twice: an answer for each that
-- was done before, null for each that is to go on. A rival with one of the keys waits here. Keys are taken in order, before
-- anything else. p_asked: [{userId, key, hash, …}].
create function begin_each(p_operation text, p_asked jsonb) returns jsonb[] language plpgsql as $$
begin
  perform pg_advisory_xact_lock(number) from (
    select key_number('user:' || (one ->> 'userId'), one ->> 'key') as number
    from jsonb_array_elements(p_asked) one order by 1) taken;
  return array(
    select (
      select case when stored.operation <> p_operation or stored.request_hash <> one ->> 'hash' then jsonb_build_object('code', 'KEY_REUSED')
        else stored.answer || jsonb_build_object('replayed', true) end
      from idempotency_key stored where stored.actor = 'user:' || (one ->> 'userId') and stored.key = one ->> 'key')
    from jsonb_array_elements(p_asked) with ordinality given (one, number) order by number);
end $$;

-- Keeps the answer of each success for replays; a refusal wrote nothing and leaves its key free.
create function end_each(p_operation text, p_asked jsonb, p_answers jsonb[]) returns void language sql as $$
  insert into idempotency_key (actor, key, operation, request_hash, answer)
  select 'user:' || (one ->> 'userId'), one ->> 'key', p_operation, one ->> 'hash', p_answers[number]
  from jsonb_array_elements(p_asked) with ordinality given (one, number) where p_answers[number] ->> 'code' = 'OK'
$$;

-- Whether somebody reads a message without its being sent: a guest without a mail address has the stay page, and such a
-- message is delivered by being there.
create function reads_on_page(p_side side, p_arrival uuid) returns boolean language sql stable as $$
  select p_side = 'GUEST' and coalesce((select contact_kind <> 'MAIL' from arrival where id = p_arrival), true)
$$;

-- Records a message: the change and its message are there together or not at all. The worker finds it (`queue_messages`):
-- a job for each, made here, would have every change of everybody wait for the queue's one bell (docs/adr/0021).
-- A reminder that was written before is not written again: null.
create function post_message(p_kind text, p_side side, p_placement uuid, p_arrival uuid, p_host uuid) returns uuid
language plpgsql security definer set search_path = public as $$
declare message_id uuid;
begin
  insert into message (kind, to_side, placement_id, arrival_id, host_id, delivered_at)
  values (p_kind, p_side, p_placement, p_arrival, p_host, case when reads_on_page(p_side, p_arrival) then now() end)
  on conflict (placement_id, kind) where kind in ('REMIND_HOST', 'REMIND_GUEST') do nothing
  returning id into message_id;
  return message_id;
end $$;

-- Appends events of one kind. Call it last: the numbers are drawn while all that was changed is locked.
create function add_audits(p_actor text, p_action text, p_subjects jsonb[]) returns void
language sql security definer set search_path = public as $$
  insert into audit_event (at, actor, action, subject) select now(), p_actor, p_action, subject from unnest(p_subjects) subject
$$;

create function add_audit(p_actor text, p_action text, p_subject jsonb) returns void
language sql security definer set search_path = public as $$
  insert into audit_event (at, actor, action, subject) values (now(), p_actor, p_action, p_subject)
$$;

-- Ties new events to the chain, oldest first. One at a time does it; whoever comes meanwhile goes away. Answers how many.
create function chain_audit(p_limit int) returns int language plpgsql security definer set search_path = public as $$
declare
  head audit_head;
  event audit_event;
  -- taken before the events are read: what is committed later belongs to a later transaction, or is read now
  reached bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  before bytea;
  tied int := 0;
begin
  select * into head from audit_head for update skip locked;
  if not found then return 0; end if;
  -- restored on another server, whose transactions are numbered anew
  if head.horizon > reached then head.horizon := 0; end if;
  for event in
    select * from audit_event where xid >= head.horizon and not exists (select 1 from audit_link where seq = audit_event.seq)
    order by seq limit p_limit loop
    tied := tied + 1;
    before := head.hash;
    head.place := head.place + 1;
    head.hash := audit_hash(before, head.place, event.at, event.actor, event.action, event.subject);
    insert into audit_link values (head.place, event.seq, before, head.hash);
  end loop;
  update audit_head set place = head.place, hash = head.hash, horizon = case when tied < p_limit then reached else head.horizon end;
  return tied;
end $$;
