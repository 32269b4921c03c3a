-- What keeps the rest in order: forgotten keys go, forgotten mails are sent, and somebody can see that the queue lives.

-- Idempotent answers are kept 7 days. A few at a time, so that no lock is held long. Answers how many went.
create function prune_keys() returns int language plpgsql security definer set search_path = public as $$
declare pruned int;
begin
  delete from idempotency_key where (actor, key) in (
    select actor, key from idempotency_key where at < now() - interval '7 days' limit 20000);
  get diagnostics pruned = row_count;
  return pruned;
end $$;

-- Takes new messages into the worker's queue, oldest first. Two workers share them. Answers how many were taken.
create function queue_messages() returns int language plpgsql security definer set search_path = public as $$
declare taken uuid[];
begin
  taken := array(select id from message where queued_at is null and delivered_at is null order by created_at limit 500
    for no key update skip locked);
  if cardinality(taken) = 0 then return 0; end if;
  update message set queued_at = now() where id = any (taken);
  perform graphile_worker.add_jobs(array_agg(row('deliver_message', json_build_object('messageId', id), null, null, 12,
    'message:' || id, null, null)::graphile_worker.job_spec)) from unnest(taken) id;
  return cardinality(taken);
end $$;

-- Puts undelivered messages back into the queue: those whose job is gone or hangs on a worker that died, and for three
-- days those that gave up because the mail server could not be reached. Answers how many.
create function retry_messages() returns int language plpgsql security definer set search_path = public as $$
declare
  lost uuid;
  queued int := 0;
begin
  for lost in
    select id from message
    where delivered_at is null and created_at > now() - interval '3 days' and (
      (dead_at is null and created_at < now() - interval '5 minutes' and not exists (
        select 1 from graphile_worker.jobs job where job.key = 'message:' || message.id
          and (job.locked_at > now() - interval '5 minutes'
            or (job.locked_at is null and job.attempts < job.max_attempts))))
      or (dead_at < now() - interval '30 minutes'
        and error_code in ('UNREACHABLE', 'DEFERRED', 'SIGN_IN', 'NO_MAIL_SERVER')))
    order by created_at limit 500 loop
    perform graphile_worker.add_job('deliver_message', json_build_object('messageId', lost),
      job_key => 'message:' || lost, max_attempts => 12);
    update message set queued_at = now(), dead_at = case when dead_at is null then null else now() end where id = lost;
    queued := queued + 1;
  end loop;
  return queued;
end $$;

-- When the queue's clock last struck; null before its first minute. Says nothing about what is in the queue.
create function queue_heartbeat() returns timestamptz language plpgsql stable security definer set search_path = public as $$
declare struck timestamptz;
begin
  select max(last_execution) into struck from graphile_worker._private_known_crontabs;
  return struck;
end $$;

revoke execute on function prune_keys, queue_messages, retry_messages, queue_heartbeat from public;
grant execute on function prune_keys, queue_messages, retry_messages, queue_heartbeat to qonaq_app;
