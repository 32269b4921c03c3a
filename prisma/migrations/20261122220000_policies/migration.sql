-- Policies: the weights a city decides by (docs/adr/0025). Weights are written once and never changed: a placement keeps
-- the name and version it was decided under, and both must mean the same for ever.

-- Whole points, one for each name and no other, 0 to p_most, and at least one of them more than 0.
create function are_weights(p_weights jsonb, p_names text[], p_most int) returns boolean language sql immutable as $$
  select coalesce(case when jsonb_typeof(p_weights) = 'object' then
    (select array_agg(key order by key collate "C") = (select array_agg(name order by name collate "C") from unnest(p_names) name)
        and bool_and(case when jsonb_typeof(value) = 'number'
          then value::text::numeric = trunc(value::text::numeric) and value::text::numeric between 0 and p_most else false end)
      from jsonb_each(p_weights))
    and exists (select 1 from jsonb_each(p_weights) where value <> '0'::jsonb)
  end, false)
$$;

-- Where a wish or an urgency is fully reached: more than 0 each, whole but for the share of answers.
create function are_scales(p_scales jsonb) returns boolean language sql immutable as $$
  select coalesce(case when jsonb_typeof(p_scales) = 'object' then
    (select array_agg(key order by key collate "C") = array['persons', 'restedNights', 'staleDays', 'unknownAnswerRate', 'usableGapNights', 'waitingNights']
        and bool_and(case when jsonb_typeof(value) = 'number' then value::text::numeric > 0
          and (key = 'unknownAnswerRate' or value::text::numeric = trunc(value::text::numeric))
          and value::text::numeric <= case key when 'persons' then 50 when 'restedNights' then 60 when 'staleDays' then 120
            when 'unknownAnswerRate' then 1 when 'usableGapNights' then 30 else 366 end else false end)
      from jsonb_each(p_scales))
  end, false)
$$;

-- Weights as somebody put them together. Nothing is decided by them until they are adopted.
create table policy_draft (
  id uuid primary key default uuidv7(),
  city_id text not null references city (id),
  -- the version in force it was drawn from: one that was adopted meanwhile is not overwritten unseen
  based_on int not null check (based_on >= 1),
  name text not null check (char_length(name) between 1 and 160 and name = btrim(name)),
  wishes jsonb not null,
  priority jsonb not null,
  scales jsonb not null,
  made_by uuid not null references "user" (id),
  made_at timestamptz not null default now(),
  unique (id, city_id),
  constraint policy_wishes check (are_weights(wishes, array['RIGHT_SIZE', 'WANTED_CITY', 'WANTED_DISTRICT', 'COMMON_LANGUAGE',
    'NO_MOVE', 'QUIET', 'PRIVATE_BATH', 'OWN_ENTRANCE', 'HOST_RESTED', 'FRESH_OFFER', 'HOST_ANSWERS', 'USABLE_GAP'], 100)),
  constraint policy_priority check (are_weights(priority, array['NOWHERE_TONIGHT', 'CHILDREN_OR_ILLNESS', 'DANGER_ON_RETURN',
    'BROKEN_PLACEMENT', 'WAITING_NIGHTS', 'PERSONS'], 10000)),
  constraint policy_scales check (are_scales(scales))
);
create index policy_draft_of_city on policy_draft (city_id, made_at desc);

-- What a city decides by, version after version; the last is in force. Version 1 is the one every city begins with; it
-- stands in the code (lib/matching/policy.ts) and has no row.
create table policy (
  city_id text not null references city (id),
  version int not null check (version >= 2),
  draft_id uuid not null unique,
  -- an older version whose weights these are again; null for new ones
  returned_to int check (returned_to >= 1 and returned_to < version),
  adopted_by uuid not null references "user" (id),
  adopted_at timestamptz not null default now(),
  primary key (city_id, version),
  constraint policy_of_its_city foreign key (draft_id, city_id) references policy_draft (id, city_id)
);

create view policy_in_force as
  select distinct on (policy.city_id) policy.city_id, policy.version, draft.name, draft.wishes, draft.priority, draft.scales
  from policy join policy_draft draft on draft.id = policy.draft_id
  order by policy.city_id, policy.version desc;

create type rehearsal_state as enum ('WAITING', 'RUNNING', 'DONE', 'FAILED');

-- A replay of the last days under the policy in force and under a draft, on one snapshot.
create table rehearsal (
  id uuid primary key default uuidv7(),
  draft_id uuid not null references policy_draft (id),
  days int not null check (days in (7, 30)),
  asked_by uuid not null references "user" (id),
  asked_at timestamptz not null default now(),
  state rehearsal_state not null default 'WAITING',
  -- days played, of both sides, and how many there are
  done int not null default 0 check (done >= 0 and done <= total),
  total int not null check (total > 0),
  -- when it last said how far it is: a worker that died says nothing
  told_at timestamptz not null default now(),
  -- figures only: nobody can be told from them
  outcome jsonb,
  unique (draft_id, days),
  constraint rehearsal_outcome check ((state = 'DONE') = (outcome is not null))
);

-- Puts a rehearsal into the worker's queue, once while it waits there.
create function queue_rehearsal(p_rehearsal uuid, p_wait interval default '0') returns void language plpgsql security definer set search_path = public as $$
begin
  if not exists (select 1 from rehearsal where id = p_rehearsal and state = 'WAITING') then return; end if;
  perform graphile_worker.add_job('rehearse', json_build_object('rehearsalId', p_rehearsal), max_attempts => 3,
    job_key => 'rehearsal:' || p_rehearsal, run_at => now() + p_wait);
end $$;

-- adopted is adopted: no right to change or take away
grant select, insert on policy_draft, policy to qonaq_app;
grant select on policy_in_force to qonaq_app;
grant select, insert, update on rehearsal to qonaq_app;
revoke execute on function are_weights, are_scales, queue_rehearsal from public;
grant execute on function are_weights, are_scales, queue_rehearsal to qonaq_app;
