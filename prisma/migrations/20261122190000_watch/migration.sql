-- The watch: what each check of the invariants found, and the gate it opens and closes.

create table invariant_check (
  id uuid primary key default uuidv7(),
  -- the moment all of it speaks of
  at timestamptz not null,
  seconds double precision not null check (seconds >= 0),
  held boolean not null,
  -- by invariant: how many rows contradict it, and the first of them
  violations jsonb not null,
  placements_alive int not null,
  -- people who sleep in a home by what was recorded, those of all time among them
  people_now int not null,
  people_ever int not null,
  -- from asking to the first agreed place, of requests that found it within 30 days; of how many
  wait_minutes int,
  waits int not null
);
create index invariant_check_at on invariant_check (at desc);

-- Which invariants stop approvals when one is violated: those about the truth of what is promised. The others alarm and
-- stop nothing (docs/adr/0019).
create function stops_approvals(p_invariant text) returns boolean language sql immutable as $$
  select p_invariant in ('I1', 'I2', 'I3', 'I5', 'I6', 'I7', 'I8', 'I9', 'I11')
$$;

-- What the public page tells of people: numbers only.
create function count_people(out people_now int, out people_ever int, out wait_minutes int, out waits int)
language sql stable as $$
  with housed as (
    select arrival_id, bool_or(state = 'ARRIVED') as is_there, bool_or(state in ('ARRIVED', 'DEPARTED')) as came, min(confirmed_at) as agreed_at
    from placement where state in ('CONFIRMED', 'ARRIVED', 'DEPARTED') group by arrival_id
  ),
  party as (
    select housed.*, arrival.adults + cardinality(arrival.children_ages) as people,
      extract(epoch from agreed_at - arrival.created_at) / 60 as waited
    from housed join arrival on arrival.id = housed.arrival_id
  )
  select coalesce(sum(people) filter (where is_there), 0)::int, coalesce(sum(people) filter (where came), 0)::int,
    (percentile_cont(0.5) within group (order by waited) filter (where agreed_at > now() - interval '30 days'))::int,
    count(*) filter (where agreed_at > now() - interval '30 days')::int
  from party
$$;

-- Keeps a check and sets the gate by it. A check that is overtaken by a later one is kept and sets nothing. Answers how
-- the gate stands now and whether this check moved it.
create function record_check(p_at timestamptz, p_seconds double precision, p_violations jsonb, p_alive int) returns jsonb
language plpgsql security definer set search_path = public as $$
declare
  gate approval_gate;
  found text[] := array(select key from jsonb_each(p_violations) where (value ->> 'count')::int > 0 order by length(key), key);
  stopping text[] := array(select id from unnest(found) with ordinality as each (id, place) where stops_approvals(id) order by place);
begin
  -- two checks that end together take turns
  select * into gate from approval_gate for no key update;
  if not exists (select 1 from invariant_check where at > p_at) then
    update approval_gate set reasons = stopping, stopped_since = case when stopping <> '{}' then coalesce(stopped_since, now()) end
    where reasons <> stopping;
  end if;
  insert into invariant_check (at, seconds, held, violations, placements_alive, people_now, people_ever, wait_minutes, waits)
  select p_at, p_seconds, found = '{}', p_violations, p_alive, people_now, people_ever, wait_minutes, waits from count_people();
  if (gate.stopped_since is null) <> approvals_open() then
    perform add_audit('system', case when approvals_open() then 'approvals.opened' else 'approvals.stopped' end,
      jsonb_build_object('reasons', case when approvals_open() then gate.reasons else stopping end));
    return jsonb_build_object('open', approvals_open(), 'moved', true);
  end if;
  return jsonb_build_object('open', approvals_open(), 'moved', false);
end $$;

-- Checks are kept 7 days. Answers how many went.
create function prune_checks() returns int language plpgsql security definer set search_path = public as $$
declare pruned int;
begin
  delete from invariant_check where at < now() - interval '7 days';
  get diagnostics pruned = row_count;
  return pruned;
end $$;

grant select on invariant_check to qonaq_app;
revoke execute on function stops_approvals, count_people, record_check, prune_checks from public;
grant execute on function stops_approvals, record_check, prune_checks to qonaq_app;
