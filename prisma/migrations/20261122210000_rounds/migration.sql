-- Rounds: everybody who waits in some towns is matched at once, by a job of the worker; a person looks at what came out and
-- approves it. Kept 30 days. What is suggested names parties and rooms by their ids and nothing else.

create type round_state as enum ('QUEUED', 'RUNNING', 'DONE', 'STOPPED', 'FAILED');
create type suggestion_state as enum ('OPEN', 'HELD', 'LOST');

create table round (
  id uuid primary key default uuidv7(),
  city_ids text[] not null,
  -- parties whose first night is at most so many nights away, 0 being tonight; null: all of them
  within_nights int,
  parties text[] not null,
  -- a group that does not find a place as a whole may be placed in part
  groups_in_part boolean not null default false,
  -- only those of that round whose place was lost meanwhile
  rerun_of uuid references round (id) on delete set null,
  -- the weights as they were when it was started
  policy jsonb not null,
  state round_state not null default 'QUEUED',
  started_by uuid not null references "user" (id),
  queued_at timestamptz not null default now(),
  -- when the worker was last asked to take it
  asked_at timestamptz not null default now(),
  started_at timestamptz,
  -- the last sign of life of the worker that plays it
  beat_at timestamptz,
  stop_asked_at timestamptz,
  finished_at timestamptz,
  step text check (step ~ '^[A-Z_]{2,40}$'),
  step_done int not null default 0,
  step_of int not null default 0,
  -- people who have a place so far, and of how many
  placed int not null default 0,
  persons int,
  arrivals int,
  rooms int,
  certificate jsonb,
  failure text check (failure ~ '^[A-Z_]{2,40}$'),
  constraint round_cities check (cardinality(city_ids) between 1 and 100),
  constraint round_nights check (within_nights between 0 and 366),
  constraint round_parties check (cardinality(parties) >= 1 and parties <@ '{GROUPS,FAMILIES,ADULTS}'::text[]),
  constraint round_started check ((state = 'QUEUED') <= (started_at is null)),
  constraint round_finished check ((finished_at is null) = (state in ('QUEUED', 'RUNNING'))),
  constraint round_failed check ((failure is null) = (state <> 'FAILED'))
);
create index round_queued on round (queued_at desc);
create index round_live on round (state) where state in ('QUEUED', 'RUNNING');

-- Exists exactly while its round waits or runs: one round of a town at a time.
create table round_city (
  city_id text constraint round_one_per_city primary key references city (id),
  round_id uuid not null references round (id) on delete cascade
);

create table suggestion (
  round_id uuid not null references round (id) on delete cascade,
  number int not null check (number >= 1),
  -- the party, or the first of a group
  arrival_id uuid not null references arrival (id),
  -- all it is about
  arrival_ids uuid[] not null,
  -- null: no place was found
  kind plan_kind,
  -- [{arrivalId, roomId, from, until, adults, childrenAges}], in the order of the nights
  legs jsonb not null default '[]',
  persons int not null check (persons >= 1),
  score int,
  maximum int,
  reason text check (reason ~ '^[A-Z_]{2,40}$'),
  nearest jsonb,
  needs_decision boolean not null default false,
  -- of a group that is not whole: {placeable, members, couldBePlaced}
  company jsonb,
  state suggestion_state not null default 'OPEN',
  plan_id uuid references plan (id),
  lost_reason text check (lost_reason ~ '^[A-Z_]{2,40}$'),
  lost_detail jsonb,
  decided_at timestamptz,
  -- the approval that has it in hand, and since when: two that approve at once share what is open
  approval_key text,
  claimed_at timestamptz,
  primary key (round_id, number),
  constraint suggestion_place check ((kind is null) = (jsonb_array_length(legs) = 0)),
  constraint suggestion_reason check ((kind is null) = (reason is not null)),
  constraint suggestion_held check ((state = 'HELD') = (plan_id is not null)),
  constraint suggestion_lost check ((state = 'LOST') = (lost_reason is not null))
);
create index suggestion_arrivals on suggestion using gin (arrival_ids);
create index suggestion_plan on suggestion (plan_id) where plan_id is not null;

-- What the rest of a town would lose, in points of its last round, if a room went to somebody else. A room without a row: nothing.
create table room_price (
  room_id uuid primary key references room (id) on delete cascade,
  points double precision not null check (points > 0),
  round_id uuid not null references round (id) on delete cascade
);
create index room_price_round on room_price (round_id);

create function round_holds_cities() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if new.state not in ('QUEUED', 'RUNNING') then
    delete from round_city where round_id = new.id;
  elsif tg_op = 'INSERT' then
    -- in one order, so that two that want the same towns do not wait for each other
    insert into round_city (city_id, round_id) select city, new.id from unnest(new.city_ids) city order by city;
  end if;
  return null;
end $$;
create trigger round_cities after insert or update of state on round for each row execute function round_holds_cities();

-- Who asked to be forgotten, or is due to be, is in no suggestion any more. The others of a group stay there: what was not
-- approved is lost to them, because it was made for all, and they can be matched again.
create function forget_in_suggestions(p_arrival uuid) returns void language plpgsql security definer set search_path = public as $$
begin
  -- of two members who go at once the second waits here, and then sees who is left
  perform 1 from suggestion where arrival_ids @> array[p_arrival] order by round_id, number for update;
  delete from suggestion where arrival_ids = array[p_arrival];
  update suggestion set
    arrival_ids = array_remove(arrival_ids, p_arrival),
    arrival_id = (array_remove(arrival_ids, p_arrival))[1],
    legs = (select coalesce(jsonb_agg(leg order by place), '[]') from jsonb_array_elements(legs) with ordinality part (leg, place)
      where leg ->> 'arrivalId' <> p_arrival::text),
    persons = (select sum(adults + cardinality(children_ages)) from arrival where id = any (array_remove(arrival_ids, p_arrival))),
    score = null, maximum = null,
    state = case state when 'OPEN' then 'LOST'::suggestion_state else state end,
    lost_reason = case state when 'OPEN' then 'MEMBER_ERASED' else lost_reason end,
    lost_detail = case when lost_detail ->> 'arrivalId' = p_arrival::text then lost_detail - 'arrivalId' else lost_detail end,
    decided_at = coalesce(decided_at, now())
  where arrival_ids @> array[p_arrival];
end $$;

create function forget_suggestions() returns trigger language plpgsql security definer set search_path = public as $$
begin
  perform forget_in_suggestions(new.id);
  return null;
end $$;
create trigger arrival_suggestions after update of erased_at on arrival for each row
  when (old.erased_at is null and new.erased_at is not null) execute function forget_suggestions();

-- Asks the worker to play a round, now or after a wait: the job exists if and only if the round does. Played once; what
-- stopped is started anew by a person.
create function queue_round(p_round uuid, p_wait interval default '0') returns void language plpgsql security definer set search_path = public as $$
begin
  perform graphile_worker.add_job('play_round', json_build_object('roundId', p_round), job_key => 'round:' || p_round, max_attempts => 1,
    run_at => now() + p_wait);
end $$;

-- Ends rounds whose worker gives no sign of life, so that their towns are free again, and asks again for those nobody took:
-- the worker that had them died before it began. Answers how many it found.
create function rescue_rounds() returns int language plpgsql security definer set search_path = public as $$
declare
  waiting uuid;
  found_ones int;
begin
  update round set state = 'FAILED', failure = 'WORKER_GONE', finished_at = now()
  where state = 'RUNNING' and beat_at < now() - interval '15 seconds';
  get diagnostics found_ones = row_count;
  for waiting in
    update round set asked_at = now() where state = 'QUEUED' and asked_at < now() - interval '15 seconds' returning id loop
    perform queue_round(waiting);
    found_ones := found_ones + 1;
  end loop;
  return found_ones;
end $$;

-- Rounds are kept 30 days. Answers how many went.
create function prune_rounds() returns int language plpgsql security definer set search_path = public as $$
declare pruned int;
begin
  delete from round where id in (select id from round where finished_at < now() - interval '30 days' order by finished_at limit 100);
  get diagnostics pruned = row_count;
  return pruned;
end $$;

grant select on round, round_city, suggestion, room_price to qonaq_app;
grant insert, update on round to qonaq_app;
grant insert, update on suggestion to qonaq_app;
grant insert, delete on room_price to qonaq_app;
revoke execute on function round_holds_cities, forget_in_suggestions, forget_suggestions, queue_round, rescue_rounds, prune_rounds from public;
grant execute on function forget_in_suggestions, queue_round, rescue_rounds, prune_rounds to qonaq_app;
