-- The life of a placement. One function per racing transition: it locks, re-checks, writes state, hold, event,
-- audit and messages, and returns a code instead of raising. Lock order everywhere: arrivals, hosts, rooms, placements
-- (each by id). The audit's number is drawn last. No keys change, so the locks are "no key": foreign keys of others do not wait for them.

create function city_today(p_city text) returns date language sql stable as $$
  select (now() at time zone time_zone)::date from city where id = p_city
$$;

-- By the clock, not by the transaction's start: the loser of a race began before the winner wrote.
create function seconds_since(p_moment timestamptz) returns int language sql volatile as $$
  select greatest(0, floor(extract(epoch from clock_timestamp() - p_moment)))::int
$$;

create function is_live(p_state placement_state) returns boolean language sql immutable as $$
  select p_state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')
$$;

-- The person in an actor's label; null for links, newcomers and the clock.
create function user_of(p_actor text) returns uuid language sql immutable as $$
  select case when p_actor like 'user:%' then substr(p_actor, 6)::uuid end
$$;

-- On which side of a stay the actor stands; whoever is neither host nor guest speaks for us.
create function acting_side(p_actor text, p_host uuid) returns side language sql stable as $$
  select case
    when p_actor like 'arrival:%' or p_actor like 'ticket:guest:%' then 'GUEST'
    when p_actor like 'ticket:host:%' or exists (select 1 from host where id = p_host and user_id = user_of(p_actor)) then 'HOST'
    else 'COORDINATOR' end::side
$$;

-- Moves one placement along a legal edge; leaving the live states releases its hold.
create function move_placement(p_id uuid, p_to placement_state, p_actor text, p_reason text) returns void
language plpgsql as $$
declare was placement_state;
begin
  select state into was from placement where id = p_id for no key update;
  if not exists (select 1 from legal_move where from_state = was and to_state = p_to) then
    raise exception 'illegal move of placement % from % to %', p_id, was, p_to;
  end if;
  update placement set state = p_to, version = version + 1,
    confirmed_at = case when p_to = 'CONFIRMED' and was = 'PROPOSED' then now() else confirmed_at end
  where id = p_id;
  insert into placement_event (placement_id, version, from_state, to_state, actor, reason)
  select p_id, version, was, p_to, p_actor, p_reason from placement where id = p_id;
  if not is_live(p_to) then delete from hold where placement_id = p_id; end if;
end $$;

-- The nights for which an arrival has a place, agreed or proposed.
create function live_nights(p_arrival uuid) returns datemultirange language sql stable as $$
  select coalesce(range_agg(daterange(from_date, until_date)), '{}') from placement where arrival_id = p_arrival and is_live(state)
$$;

-- The first nights without a place among those somebody who has a place still needs, from today on: after it, before it
-- or between two of them; null when none is left.
create function onward_nights(p_arrival uuid, p_today date) returns daterange language sql stable as $$
  select nights from arrival, unnest(datemultirange(daterange(
      least(onward_until, greatest(p_today, coalesce(onward_from, upper(live_nights(id))))), onward_until)) - live_nights(id)) nights
  where id = p_arrival and onward_until is not null order by nights limit 1
$$;

-- Brings an arrival's state in line with its placements. Withdrawn stays withdrawn. A place found mends what broke and ends
-- the search for its nights, unless it leaves some of them open: those are looked for beside the place. Who has stayed
-- somewhere and has no place any more looks for the nights that are left.
create function settle_arrival(p_arrival uuid, p_close boolean) returns void language plpgsql as $$
declare
  next_state arrival_state;
  slept_until date;
  searches boolean;
begin
  select case
    when bool_or(state in ('CONFIRMED', 'ARRIVED')) then 'PLACED'
    when bool_or(state = 'PROPOSED') then 'OFFERED'
    when p_close then 'CLOSED'
    else 'OPEN' end::arrival_state, max(least(until_date, departed_on)) filter (where state = 'DEPARTED')
  into next_state, slept_until from placement where arrival_id = p_arrival;
  if next_state = 'OPEN' and slept_until is not null then
    update arrival set from_date = greatest(from_date, slept_until, city_today(city_ids[1])),
      until_date = least(greatest(until_date, onward_until), greatest(from_date, slept_until, city_today(city_ids[1])) + 366)
    where id = p_arrival and state <> 'WITHDRAWN' and onward_until > greatest(slept_until, city_today(city_ids[1]));
  end if;
  if next_state = 'PLACED' and not p_close then
    update arrival set onward_from = greatest(from_date, city_today(city_ids[1])), onward_until = until_date
    where id = p_arrival and broken_placement and onward_until is null and until_date > city_today(city_ids[1])
      and not live_nights(id) @> daterange(greatest(from_date, city_today(city_ids[1])), until_date);
  end if;
  select not p_close and case next_state when 'PLACED' then onward_nights(id, city_today(city_ids[1])) is not null
    else next_state = 'OFFERED' and onward_until > city_today(city_ids[1]) end
  into searches from arrival where id = p_arrival;
  update arrival set state = next_state, version = version + 1,
    broken_placement = broken_placement and (next_state <> 'PLACED' or searches),
    onward_from = case when searches then onward_from end, onward_until = case when searches then onward_until end,
    closed_at = case when next_state = 'CLOSED' then now() else null end
  where id = p_arrival and state not in ('WITHDRAWN');
end $$;

-- Who has a place, or had one until then, still needs those of these nights for which there is none.
create function needs_onward(p_arrival uuid, p_from date, p_until date) returns void language plpgsql as $$
begin
  update arrival set onward_from = least(onward_from, p_from), onward_until = greatest(onward_until, p_until)
  where id = p_arrival
    and exists (select 1 from placement where arrival_id = p_arrival
      and (is_live(state) or (state = 'DEPARTED' and until_date <= p_from)))
    and not live_nights(p_arrival) @> daterange(least(greatest(p_from, city_today(city_ids[1])), p_until), p_until);
end $$;

-- Whether this placement needs a lead's second yes: a host's first, children, a woman alone.
create function needs_second_yes(p_host uuid, p_arrival uuid) returns boolean language sql stable as $$
  select not exists (select 1 from placement where host_id = p_host and confirmed_at is not null)
    or exists (select 1 from arrival where id = p_arrival and (cardinality(children_ages) > 0 or woman_alone))
$$;

create function plan_deadline(p_city text, p_first_night date) returns timestamptz language sql stable as $$
  select now() + make_interval(mins => clock_minutes[case
    when p_first_night <= city_today(p_city) then 1
    when p_first_night = city_today(p_city) + 1 then 2 else 3 end])
  from city where id = p_city
$$;

-- One room of a plan that is asked for: who of which party sleeps there on which nights, and who asks.
create type plan_leg as (
  proposal int, by_user uuid, cities text[], kind plan_kind, plan_id uuid, placement_id uuid, arrival_id uuid, room_id uuid,
  from_date date, until_date date, adults int, children_ages int[], reasons jsonb);

-- Reads proposals [{userId, cities, arrivalId, kind, refused?, legs: [{arrivalId?, roomId, from, until, adults, childrenAges, reasons}]}]
-- and gives each leg its place in the order, plan and placement to be. A leg without a party of its own is the proposal's.
-- A proposal that is refused already has none.
create function read_legs(p_proposals jsonb) returns plan_leg[] language sql volatile as $$
  with proposal as (
    select number::int, uuidv7() as plan_id, one, array(select jsonb_array_elements_text(one -> 'cities')) as cities
    from jsonb_array_elements(p_proposals) with ordinality as given (one, number)),
  leg as (
    select number, plan_id, one, cities, l from proposal cross join jsonb_array_elements(case when one ? 'refused' then '[]' else one -> 'legs' end) l
    order by number, l ->> 'from', l ->> 'roomId')
  select array(select row(number, (one ->> 'userId')::uuid, cities, (one ->> 'kind')::plan_kind, plan_id, uuidv7(),
    coalesce(l ->> 'arrivalId', one ->> 'arrivalId')::uuid, (l ->> 'roomId')::uuid, (l ->> 'from')::date, (l ->> 'until')::date,
    (l ->> 'adults')::int, array(select jsonb_array_elements_text(l -> 'childrenAges')::int), l -> 'reasons')::plan_leg from leg)
$$;

-- The day has come on which visit or references no longer suffice, in the earliest of the host's towns.
create function is_vetting_over(p_host host) returns boolean language sql stable as $$
  select p_host.state = 'VETTED'
    and p_host.vetted_until <= coalesce((select min(city_today(city_id)) from home where host_id = p_host.id), current_date)
$$;

-- Whether nothing stands between these two: the host is vetted, by the calendar and not by whether the clock has struck,
-- and there is no block.
create function pair_open(p_host uuid, p_arrival uuid) returns boolean language sql stable as $$
  select exists (select 1 from host where id = p_host and state = 'VETTED' and not is_vetting_over(host))
    and not exists (select 1 from block where host_id = p_host and arrival_id = p_arrival)
$$;

-- Whether two who are promised to each other may meet: a vetting that ran out meanwhile sends nobody away.
create function pair_meets(p_host uuid, p_arrival uuid) returns boolean language sql stable as $$
  select exists (select 1 from host where id = p_host and state <> 'BLOCKED' and vetted_until is not null)
    and not exists (select 1 from block where host_id = p_host and arrival_id = p_arrival)
$$;

-- The one wish that is about safety, of either side: women among women.
create function women_fit(p_host uuid, p_arrival uuid) returns boolean language sql stable as $$
  select not exists (select 1 from arrival, host where arrival.id = p_arrival and host.id = p_host and (
    (arrival.women_only and not host.women_only_household) or (host.women_only_guests and not arrival.all_women)))
$$;

-- Whether these two may still come together in this home, by what is known now and not when it was proposed.
create function may_go_on(p_host uuid, p_arrival uuid, p_home uuid) returns boolean language sql stable as $$
  select pair_open(p_host, p_arrival) and women_fit(p_host, p_arrival)
    and not exists (select 1 from home where id = p_home and to_visit)
$$;

-- What took these nights of a room: the proposal, or a stay that was lengthened since; a host's own yes to that has no name
-- to tell. Null where nobody did.
create function rival_of(p_room uuid, p_from date, p_until date, p_host_user uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('code', case when staff.name is null then 'ROOM_STRETCHED' else 'ROOM_TAKEN' end,
    'byUser', staff.id, 'byName', staff.name, 'secondsAgo', seconds_since(taken.since))
  from hold join plan on plan.id = hold.plan_id
    cross join lateral (select
      case when hold.stretched_from <= p_from then hold.stretched_at else plan.created_at end as since,
      case when hold.stretched_from <= p_from then user_of(hold.stretched_by) else plan.proposed_by end as by_user) taken
    left join "user" staff on staff.id = taken.by_user and staff.id <> p_host_user
  where hold.room_id = p_room and hold.during && daterange(p_from, p_until)
  order by taken.since desc limit 1
$$;

-- Who has promised this party another place for some of these nights, and when.
create function taken_by(p_arrival uuid, p_during daterange) returns jsonb language sql stable as $$
  select jsonb_build_object('byUser', "user".id, 'byName', "user".name, 'secondsAgo', seconds_since(plan.created_at))
  from hold join plan on plan.id = hold.plan_id join "user" on "user".id = plan.proposed_by
  where hold.arrival_id = p_arrival and hold.during && p_during limit 1
$$;

-- Locks what proposals stand on, in the order of every transition: arrivals, hosts, rooms.
create function lock_legs(p_legs plan_leg[]) returns void language plpgsql as $$
begin
  perform 1 from arrival where id in (select arrival_id from unnest(p_legs)) order by id for no key update;
  -- not FOR SHARE: two rivals who share the host and then both write on it would wait for each other
  perform 1 from host where id in (
    select home.host_id from unnest(p_legs) leg join room on room.id = leg.room_id join home on home.id = room.home_id)
    order by id for no key update;
  perform 1 from room where id in (select room_id from unnest(p_legs)) order by id for no key update;
end $$;

-- For each proposal the first reason why it cannot be held now, or null; many are looked at with one question. Called with
-- all they stand on locked. First what is wrong with the whole: out of reach, no plan, a party that is gone or promised
-- another place; then leg by leg in their order. Of a group it names the member it is about.
create function proposals_refused(p_legs plan_leg[]) returns table (proposal int, refused jsonb) language sql stable as $$
  with leg as materialized (
    select given.*, count(*) over (partition by given.proposal) as rooms
    from unnest(p_legs) with ordinality as given (proposal, by_user, cities, kind, plan_id, placement_id, arrival_id, room_id,
      from_date, until_date, adults, children_ages, reasons, number)),
  fact as materialized (
    select leg.*, daterange(leg.from_date, greatest(leg.from_date, leg.until_date)) as during, arrival.id is not null and arrival.city_ids && leg.cities as guest_in_reach,
      arrival.state as guest_state, arrival.group_id, arrival.adults as all_adults, cardinality(arrival.children_ages) as all_children,
      arrival.women_only, arrival.all_women,
      room.name, room.sleeps, room.in_service, home.id as home_id, home.city_id, home.to_visit, (now() at time zone city.time_zone)::date as today,
      host.id as host_id, host.state as host_state, host.vetted_until, host.paused, host.user_id as host_user, host.women_only_household, host.women_only_guests
    from leg left join arrival on arrival.id = leg.arrival_id left join room on room.id = leg.room_id
      left join home on home.id = room.home_id left join city on city.id = home.city_id left join host on host.id = home.host_id),
  -- what the legs of one plan make wrong with each other: strangers, a room twice in one night, and a party that is parted:
  -- who travels together answers, comes and goes together, in rooms of one home for the same nights, or one after the other
  clash as (
    select one.number, bool_or(shared.night and other.room_id = one.room_id) as twice,
      bool_or(other.arrival_id <> one.arrival_id and (one.kind <> 'GROUP' or other.group_id is distinct from one.group_id)) as strangers,
      bool_or(shared.night and other.arrival_id = one.arrival_id
        and (other.home_id <> one.home_id or (other.from_date, other.until_date) <> (one.from_date, one.until_date))) as parted
    from fact one join fact other on other.proposal = one.proposal and other.number <> one.number
      cross join lateral (select other.from_date < one.until_date and one.from_date < other.until_date) shared (night)
    where one.rooms > 1 group by one.number),
  judged as (
    select distinct on (fact.proposal) fact.*, found.code from fact left join clash on clash.number = fact.number cross join lateral (select case
      when not fact.guest_in_reach or fact.city_id <> all (fact.cities) then '1 NOT_FOUND'
      when fact.until_date <= fact.from_date or fact.until_date - fact.from_date > 366 then '2 NIGHTS_INVALID'
      -- who is gone needs no correct party any more
      when fact.guest_state in ('CLOSED', 'WITHDRAWN') then '3 ARRIVAL_GONE'
      when fact.adults < 1 then '4 PARTY_MISMATCH'
      when fact.rooms = 1 and (fact.adults <> fact.all_adults or cardinality(fact.children_ages) <> fact.all_children) then '4 PARTY_MISMATCH'
      when clash.twice then '4 PARTY_MISMATCH'
      -- on every night somebody of a party sleeps, all of that party, each in one place
      when fact.rooms > 1 and exists (
        select 1 from (values (fact.from_date), (fact.until_date)) change (night) cross join lateral (
          select sum(other.adults) as adults, sum(cardinality(other.children_ages)) as children from leg other
          where other.proposal = fact.proposal and other.arrival_id = fact.arrival_id
            and other.from_date <= change.night and other.until_date > change.night) slept
        where slept.adults <> fact.all_adults or slept.children <> fact.all_children) then '4 PARTY_MISMATCH'
      -- several parties in one plan are one group, and only a group is
      when fact.kind = 'GROUP' and fact.group_id is null then '5 NOT_A_GROUP'
      when clash.strangers then '5 NOT_A_GROUP'
      when clash.parted then '5 NOT_ONE_HOME'
      when exists (select 1 from hold where hold.arrival_id = fact.arrival_id and hold.during && fact.during) then '6 ARRIVAL_TAKEN'
      when fact.name is null then '7 ROOM_GONE'
      when fact.host_user = fact.by_user then '7 OWN_HOME'
      when not fact.in_service then '7 OUT_OF_SERVICE'
      when fact.host_state <> 'VETTED' or fact.vetted_until <= fact.today then '7 HOST_NOT_VETTED'
      when fact.to_visit then '7 HOME_TO_VISIT'
      when fact.paused then '7 HOST_PAUSED'
      when fact.from_date < fact.today then '7 NIGHTS_PAST'
      when fact.adults + cardinality(fact.children_ages) > fact.sleeps then '7 TOO_FEW_BEDS'
      when exists (select 1 from block where block.host_id = fact.host_id and block.arrival_id = fact.arrival_id) then '7 BLOCKED'
      when exists (select 1 from refusal where refusal.arrival_id = fact.arrival_id and refusal.home_id = fact.home_id
        and refusal.until_date > fact.today) then '7 REFUSED_BEFORE'
      -- not left to what a screen has shown; the same as women_fit
      when (fact.women_only and not fact.women_only_household) or (fact.women_only_guests and not fact.all_women) then '7 NO_LONGER_FITS'
      when not exists (select 1 from free_run run where run.room_id = fact.room_id and run.from_date <= fact.from_date
        and run.until_date >= fact.until_date) then '7 NOT_OFFERED' end) found (code)
    order by fact.proposal, left(found.code, 1), fact.number)
  select proposal, case left(code, 1)
    when '3' then jsonb_build_object('code', substr(code, 3), 'arrivalId', arrival_id)
    when '6' then jsonb_build_object('code', 'ARRIVAL_TAKEN', 'arrivalId', arrival_id) || taken_by(arrival_id, during)
    when '7' then jsonb_build_object('code', substr(code, 3), 'arrivalId', arrival_id, 'roomId', room_id, 'roomName', name)
      || case when code = '7 NOT_OFFERED' then coalesce(rival_of(room_id, from_date, until_date, host_user), '{}') else '{}' end
      || jsonb_build_object('rooms', rooms)
    else case when code is not null then jsonb_build_object('code', substr(code, 3)) end end
  from judged
$$;

-- Writes plans that nothing stands against: holds, placements, the coordinator's yes, messages and the audit's events, each
-- kind in one statement, however many plans. Called with all locked and checked; the constraints have the last word.
create function write_plans(p_legs plan_leg[]) returns void language plpgsql as $$
begin
  if cardinality(p_legs) = 0 then return; end if;
  insert into plan (id, arrival_id, group_id, kind, proposed_by, deadline, remind_at)
  select plan_id, arrival_id, group_id, kind, by_user, deadline, now() + (deadline - now()) / 2 from (
    select leg.plan_id, leg.kind, leg.by_user, case when leg.kind <> 'GROUP' then (array_agg(leg.arrival_id))[1] end as arrival_id,
      case when leg.kind = 'GROUP' then (array_agg(arrival.group_id))[1] end as group_id,
      min(plan_deadline(home.city_id, leg.from_date)) as deadline
    from unnest(p_legs) leg join arrival on arrival.id = leg.arrival_id
      join room on room.id = leg.room_id join home on home.id = room.home_id
    group by leg.plan_id, leg.kind, leg.by_user) made;
  insert into placement (id, plan_id, arrival_id, room_id, home_id, host_id, from_date, until_date, adults, children_ages,
    needs_second, reasons)
  select leg.placement_id, leg.plan_id, leg.arrival_id, room.id, home.id, home.host_id, leg.from_date, leg.until_date, leg.adults,
    leg.children_ages, needs_second_yes(home.host_id, leg.arrival_id), leg.reasons
  from unnest(p_legs) leg join room on room.id = leg.room_id join home on home.id = room.home_id;
  insert into hold (placement_id, plan_id, arrival_id, room_id, sleeps, guests, from_date, until_date)
  select leg.placement_id, leg.plan_id, leg.arrival_id, leg.room_id, room.sleeps, leg.adults + cardinality(leg.children_ages),
    leg.from_date, leg.until_date
  from unnest(p_legs) leg join room on room.id = leg.room_id;
  insert into placement_event (placement_id, version, from_state, to_state, actor)
  select placement_id, 1, null, 'PROPOSED', 'user:' || by_user from unnest(p_legs);
  insert into yes (placement_id, side, by_user_id, way) select placement_id, 'COORDINATOR', by_user, 'DESK' from unnest(p_legs);
  insert into approval (placement_id, approver_id) select placement_id, by_user from unnest(p_legs);
  -- whoever waits for a first place is offered one; whoever has more than that is looked at closely
  perform settle_arrival(id, false) from arrival where id in (select arrival_id from unnest(p_legs)) and state <> 'OPEN';
  update arrival set state = 'OFFERED', version = version + 1 where id in (select arrival_id from unnest(p_legs)) and state = 'OPEN';
  -- one message to each host of a plan and one to each party
  insert into message (kind, to_side, placement_id, arrival_id, host_id, delivered_at)
  select distinct on (leg.plan_id, asked.kind, asked.of) asked.kind, asked.to_side, leg.placement_id, leg.arrival_id, asked.host_id,
    asked.read_at
  from unnest(p_legs) leg join placement on placement.id = leg.placement_id join arrival on arrival.id = leg.arrival_id
    cross join lateral (values ('ASK_HOST', 'HOST'::side, placement.host_id, placement.host_id, null),
      ('ASK_GUEST', 'GUEST', leg.arrival_id, null, case when arrival.contact_kind <> 'MAIL' then now() end))
      asked (kind, to_side, of, host_id, read_at)
  order by leg.plan_id, asked.kind, asked.of, leg.placement_id;
  insert into audit_event (at, actor, action, subject)
  select now(), 'user:' || by_user, 'plan.proposed', jsonb_build_object('plan', plan_id,
    'arrival', (array_agg(arrival_id order by placement_id))[1], 'placements', jsonb_agg(placement_id order by placement_id))
  from unnest(p_legs) group by proposal, plan_id, by_user order by proposal;
end $$;

-- What a coordinator is told of each plan that is held now, in the order of the proposals.
create function plan_answers(p_legs plan_leg[]) returns table (proposal int, answer jsonb) language sql stable as $$
  select leg.proposal, jsonb_build_object('code', 'OK', 'planId', plan.id, 'deadline', plan.deadline,
    'placementIds', jsonb_agg(leg.placement_id order by leg.from_date, leg.room_id))
  from unnest(p_legs) leg join plan on plan.id = leg.plan_id group by leg.proposal, plan.id order by 1
$$;

-- Proposals that want the room or the party of an earlier one of the same list for the same night.
create function rivals_within(p_legs plan_leg[]) returns int[] language sql stable as $$
  select array(
    select later.proposal from unnest(p_legs) earlier join unnest(p_legs) later on later.room_id = earlier.room_id
    where later.proposal > earlier.proposal and later.from_date < earlier.until_date and earlier.from_date < later.until_date
    union
    select later.proposal from unnest(p_legs) earlier join unnest(p_legs) later on later.arrival_id = earlier.arrival_id
    where later.proposal > earlier.proposal and later.from_date < earlier.until_date and earlier.from_date < later.until_date)
$$;

-- Decides proposals, each all or nothing: all they stand on is locked in order, once; what nothing stands against is written
-- together. Those who want the room or party of an earlier one for the same night are looked at when that one is written.
-- Answers one outcome for each, in their order.
create function decide_proposals(p_proposals jsonb) returns jsonb[] language plpgsql as $$
declare
  legs plan_leg[] := read_legs(p_proposals);
  rivals int[];
  outcomes jsonb[];
  accepted int[];
  pass record;
  one record;
begin
  perform lock_legs(legs);
  -- a proposal without a leg houses nobody
  outcomes := array(select jsonb_build_object('code', coalesce(given.value ->> 'refused', 'PARTY_MISMATCH'))
    from jsonb_array_elements(p_proposals) with ordinality given order by given.ordinality);
  rivals := rivals_within(legs);
  for pass in
    select array_agg(leg order by leg.proposal, leg.from_date, leg.room_id)::plan_leg[] as legs from unnest(legs) leg
      cross join lateral (select case when leg.proposal = any (rivals) then leg.proposal else 0 end) turn (number)
    group by turn.number order by turn.number loop
    accepted := '{}';
    for one in select * from proposals_refused(pass.legs) loop
      outcomes[one.proposal] := one.refused;
      if one.refused is null then accepted := accepted || one.proposal; end if;
    end loop;
    perform write_plans(array(select leg from unnest(pass.legs) leg where leg.proposal = any (accepted)));
  end loop;
  for one in select * from plan_answers(legs) told loop
    outcomes[one.proposal] := one.answer;
  end loop;
  return outcomes;
end $$;

-- Proposes plans of several coordinators, or of one, that came at the same moment, each under its own key: every room of a
-- plan is held in this transaction or none is (docs/adr/0024).
-- p_asked: [{userId, key, hash, cities, arrivalId, kind, refused?, legs}], no key twice. `cities`: where the coordinator serves.
-- `legs`: [{arrivalId?, roomId, from, until, adults, childrenAges, reasons}], one or more; each party of a group names itself
-- in its legs. `refused`: a rule of the match stands against it by now; it is said here, because whoever asks again for what
-- was done is answered as before.
create function propose_each(p_asked jsonb) returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answers jsonb[];
  open jsonb;
  numbers int[];
  outcomes jsonb[];
begin
  -- one who waits for a frozen neighbour does not keep the others waiting: they are asked again one by one
  if jsonb_array_length(p_asked) > 1 then perform set_config('lock_timeout', '250ms', true); end if;
  answers := begin_each('plan.propose', p_asked);
  select jsonb_agg(one order by number), array_agg(number::int order by number) into open, numbers
  from jsonb_array_elements(p_asked) with ordinality given (one, number) where answers[number] is null;
  if numbers is null then return to_jsonb(answers); end if;
  outcomes := case when approvals_open() then decide_proposals(open)
    else array_fill(jsonb_build_object('code', 'APPROVALS_STOPPED'), array[cardinality(numbers)]) end;
  perform end_each('plan.propose', open, outcomes);
  for place in 1 .. cardinality(numbers) loop
    answers[numbers[place]] := outcomes[place];
  end loop;
  return to_jsonb(answers);
end $$;

-- One plan by itself.
create function propose_plan(p_user uuid, p_key text, p_hash text, p_cities text[], p_arrival uuid, p_kind plan_kind, p_legs jsonb,
  p_refused text default null) returns jsonb language sql volatile as $$
  select propose_each(jsonb_build_array(jsonb_strip_nulls(jsonb_build_object('userId', p_user, 'key', p_key, 'hash', p_hash,
    'cities', p_cities, 'arrivalId', p_arrival, 'kind', p_kind, 'refused', p_refused)) || jsonb_build_object('legs', p_legs))) -> 0
$$;

-- What is kept of outcomes for replays names nobody: who was faster and which room are told when it is answered.
create function told_outcomes(p_answer jsonb) returns jsonb language sql stable as $$
  select case when p_answer ->> 'code' <> 'OK' then p_answer else p_answer || jsonb_build_object('outcomes', to_jsonb(array(
    select one || jsonb_strip_nulls(jsonb_build_object('byName', "user".name, 'roomName', room.name))
    from jsonb_array_elements(p_answer -> 'outcomes') with ordinality given (one, number)
      left join "user" on "user".id = (one ->> 'byUser')::uuid left join room on room.id = (one ->> 'roomId')::uuid
    order by number))) end
$$;

-- Proposes many plans of one coordinator under one key. A plan that was lost meanwhile is answered with its reason, in its
-- place, and the rest goes through. p_proposals: [{arrivalId, kind, refused?, legs}].
create function propose_many(p_user uuid, p_key text, p_hash text, p_cities text[], p_proposals jsonb)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  actor text := 'user:' || p_user;
  answer jsonb := begin_once(actor, p_key, 'plan.propose-many', p_hash);
  proposals jsonb;
begin
  if answer is not null then return told_outcomes(answer); end if;
  if not approvals_open() then return end_once(actor, p_key, jsonb_build_object('code', 'APPROVALS_STOPPED')); end if;
  select coalesce(jsonb_agg(one || jsonb_build_object('userId', p_user, 'cities', p_cities) order by number), '[]') into proposals
  from jsonb_array_elements(p_proposals) with ordinality given (one, number);
  return told_outcomes(end_once(actor, p_key, jsonb_build_object('code', 'OK', 'outcomes', to_jsonb(array(
    select one - '{byName,roomName}'::text[] from unnest(decide_proposals(proposals)) with ordinality given (one, number) order by number)))));
end $$;

-- Confirms a placement when host, guest and coordinator have said yes, and a lead where a second pair of eyes is due;
-- never where the host was blocked, lost the vetting or outlived it, or a block came between them since it was proposed.
create function confirm_when_complete(p_placement uuid, p_actor text) returns boolean language plpgsql as $$
declare
  stay placement;
begin
  select * into stay from placement where id = p_placement for no key update;
  if stay.state <> 'PROPOSED' or not may_go_on(stay.host_id, stay.arrival_id, stay.home_id)
    or (select count(*) from yes where placement_id = p_placement) < 3
    or (stay.needs_second and (select count(*) from approval where placement_id = p_placement) < 2) then
    return false;
  end if;
  perform move_placement(p_placement, 'CONFIRMED', p_actor, null);
  return true;
end $$;

-- One letter to host and guest for each home that was just confirmed, however many rooms a party has there.
create function tell_confirmed(p_placements uuid[]) returns void language plpgsql as $$
declare told placement;
begin
  for told in select distinct on (plan_id, home_id, arrival_id) * from placement where id = any (p_placements)
      order by plan_id, home_id, arrival_id, from_date, id loop
    perform post_message('CONFIRMED_HOST', 'HOST', told.id, told.arrival_id, told.host_id);
    perform post_message('CONFIRMED_GUEST', 'GUEST', told.id, told.arrival_id, null);
  end loop;
end $$;

-- A question counts when the host has answered it or let the clock run out: what others take back says nothing of them.
create function count_question(p_host uuid, p_answered boolean) returns void language sql as $$
  update host set asked_count = asked_count + 1, answered_count = answered_count + p_answered::int,
    confirmed_at = case when p_answered then now() else confirmed_at end
  where id = p_host
$$;

-- Placements that one answer speaks for: a host answers for all rooms of the home in the plan, a guest for all nights of
-- their own party, a lead for the whole plan where they may.
create function answered_together(p_placement uuid, p_side side, p_state placement_state) returns setof uuid
language sql stable as $$
  select other.id from placement this join placement other on other.plan_id = this.plan_id
  where this.id = p_placement and other.state = p_state
    and case p_side when 'HOST' then other.home_id = this.home_id when 'GUEST' then other.arrival_id = this.arrival_id else true end
  order by other.id
$$;

-- Whether this placement is p_user's to answer for in the name of others: no home of their own, and in a town they serve.
-- Null: whoever speaks for themselves.
create function is_within_reach(p_placement uuid, p_user uuid, p_cities text[]) returns boolean language sql stable as $$
  select exists (select 1 from placement join home on home.id = placement.home_id join host on host.id = placement.host_id
    where placement.id = p_placement and host.user_id is distinct from p_user and (p_cities is null or home.city_id = any (p_cities)))
$$;

-- Rooms of one party in one home and plan that share a night: who sleeps there arrives, stays and leaves together. A later
-- leg of a relay in the same home is another stay.
create function housed_together(p_placement uuid, p_state placement_state) returns setof uuid language sql stable as $$
  select other.id from placement this join placement other on other.plan_id = this.plan_id and other.home_id = this.home_id
    and other.arrival_id = this.arrival_id
  where this.id = p_placement and other.state = p_state
    and other.from_date < this.until_date and this.from_date < other.until_date
  order by other.id
$$;

-- Locks what ending or changing these placements touches, in the order of every transition. Their arrivals are locked.
create function lock_placements(p_ids uuid[]) returns void language plpgsql as $$
begin
  perform 1 from host where id in (select host_id from placement where id = any (p_ids)) order by id for no key update;
  perform 1 from room where id in (select room_id from placement where id = any (p_ids)) order by id for no key update;
  perform 1 from placement where id = any (p_ids) order by id for no key update;
end $$;

-- Locks the parties of a placement's plan, all that the plan touches and whatever else lives between the same two; answers
-- the placement or null.
create function lock_stay(p_placement uuid) returns placement language plpgsql as $$
declare stay placement;
begin
  select * into stay from placement where id = p_placement;
  if not found then return null; end if;
  perform 1 from arrival where id in (select arrival_id from placement where plan_id = stay.plan_id) order by id for no key update;
  perform lock_placements(array(select id from placement where plan_id = stay.plan_id
    or (arrival_id = stay.arrival_id and host_id = stay.host_id and is_live(state))));
  select * into stay from placement where id = p_placement;
  return stay;
end $$;

-- One message to each host of these placements, however many rooms they are.
create function tell_hosts(p_kind text, p_placements uuid[]) returns void language plpgsql as $$
begin
  perform post_message(p_kind, 'HOST', min(id::text)::uuid, arrival_id, host_id)
  from placement where id = any (p_placements) group by arrival_id, host_id;
end $$;

-- One message to each party of these placements, however many rooms they are.
create function tell_guests(p_kind text, p_placements uuid[]) returns void language sql as $$
  select post_message(p_kind, 'GUEST', id, arrival_id, null) from (
    select distinct on (plan_id, arrival_id) * from placement where id = any (p_placements) order by plan_id, arrival_id, from_date, id) told
$$;

-- Brings all parties of these placements in line with them.
create function settle_parties(p_placements uuid[], p_close boolean) returns void language sql as $$
  select settle_arrival(arrival_id, p_close) from (
    select distinct arrival_id from placement where id = any (p_placements) order by 1) party
$$;

-- Asks the guests anew for legs of their plan to which nobody has written down their yes: their letter leads to one that has it.
create function ask_for_the_rest(p_placement uuid) returns void language sql as $$
  select post_message('ASK_GUEST', 'GUEST', rest.id, rest.arrival_id, null) from (
    select placement.* from answered_together(p_placement, 'GUEST', 'PROPOSED') together (id) join placement using (id)
    where not exists (select 1 from yes where placement_id = placement.id and side = 'GUEST') order by id limit 1) rest
$$;

-- One of the three yeses. The last of them confirms.
-- p_version: what the form was drawn from, or null; p_legal: version of the legal card a guest was shown, kept with the yes.
-- p_cities: where the coordinator serves who writes it down. What is not theirs to answer for, another leg in a home of their
-- own or in a town of others, waits for the person or for another coordinator.
create function say_yes(p_actor text, p_key text, p_hash text, p_placement uuid, p_side side, p_user uuid, p_way answer_way,
  p_version int default null, p_legal text default null, p_cities text[] default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  stay placement;
  recorder uuid := case when p_way <> 'LINK' then p_user end;
  targets uuid[];
  target uuid;
  said int := 0;
  confirmed uuid[] := '{}';
begin
  answer := begin_once(p_actor, p_key, 'placement.yes', p_hash);
  if answer is not null then return answer; end if;
  if not approvals_open() then return end_once(p_actor, p_key, jsonb_build_object('code', 'APPROVALS_STOPPED')); end if;
  stay := lock_stay(p_placement);
  if stay.id is null or not is_within_reach(p_placement, null, p_cities) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND'));
  end if;
  targets := array(select id from answered_together(p_placement, p_side, 'PROPOSED') together (id)
    where is_within_reach(id, recorder, p_cities) order by id);
  -- said for a part of the plan, it is still to be said for the rest
  if exists (select 1 from yes where placement_id = p_placement and side = p_side) and (stay.state <> 'PROPOSED'
    or (select count(*) from yes where placement_id = any (targets) and side = p_side) = cardinality(targets)) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'ALREADY_DECIDED'));
  end if;
  if stay.state <> 'PROPOSED' or not may_go_on(stay.host_id, stay.arrival_id, stay.home_id) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_OPEN', 'state', stay.state));
  end if;
  if stay.version <> p_version then return end_once(p_actor, p_key, jsonb_build_object('code', 'STALE_VERSION')); end if;
  if (select deadline <= now() from plan where id = stay.plan_id) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'LAPSED'));
  end if;
  -- who hosts there speaks for themselves, by their own link, and for nobody else
  if not is_within_reach(p_placement, recorder, null) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'OWN_HOME'));
  end if;
  if p_side = 'HOST' and exists (select 1 from home where id = stay.home_id and address_sealed is null) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NO_ADDRESS'));
  end if;

  foreach target in array targets loop
    insert into yes (placement_id, side, by_user_id, way) values (target, p_side, p_user, p_way) on conflict do nothing;
    if found then said := said + 1; end if;
    if confirm_when_complete(target, p_actor) then confirmed := confirmed || target; end if;
  end loop;
  perform tell_confirmed(confirmed);
  if p_side = 'GUEST' and p_way <> 'LINK' then perform ask_for_the_rest(p_placement); end if;
  if p_side = 'HOST' then perform count_question(stay.host_id, true); end if;
  if p_side = 'GUEST' and p_legal is not null then update arrival set legal_version = p_legal where id = stay.arrival_id; end if;
  perform settle_parties(confirmed || stay.id, false);
  perform add_audit(p_actor, 'placement.yes', jsonb_build_object('placement', p_placement, 'side', p_side, 'way', p_way,
    'said', said, 'confirmed', cardinality(confirmed)));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'confirmed', cardinality(confirmed) > 0));
end $$;

-- A lead's second yes, for what the plan holds in the towns they serve. Nobody approves twice, nobody approves for a home of
-- their own: a leg of the plan that leads there, or to a town of others, waits for another lead. p_cities: where the lead serves.
create function second_yes(p_user uuid, p_key text, p_hash text, p_cities text[], p_placement uuid, p_version int default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  actor text := 'user:' || p_user;
  answer jsonb;
  stay placement;
  target uuid;
  confirmed uuid[] := '{}';
begin
  answer := begin_once(actor, p_key, 'placement.second-yes', p_hash);
  if answer is not null then return answer; end if;
  if not approvals_open() then return end_once(actor, p_key, jsonb_build_object('code', 'APPROVALS_STOPPED')); end if;
  stay := lock_stay(p_placement);
  if stay.id is null or not exists (select 1 from home where id = stay.home_id and city_id = any (p_cities)) then
    return end_once(actor, p_key, jsonb_build_object('code', 'NOT_FOUND'));
  end if;
  if stay.state <> 'PROPOSED' or not may_go_on(stay.host_id, stay.arrival_id, stay.home_id) then
    return end_once(actor, p_key, jsonb_build_object('code', 'NOT_OPEN', 'state', stay.state));
  end if;
  if stay.version <> p_version then return end_once(actor, p_key, jsonb_build_object('code', 'STALE_VERSION')); end if;
  if (select deadline <= now() from plan where id = stay.plan_id) then
    return end_once(actor, p_key, jsonb_build_object('code', 'LAPSED'));
  end if;
  if not exists (select 1 from "user" where id = p_user and role in ('LEAD', 'ADMIN') and disabled_at is null) then
    return end_once(actor, p_key, jsonb_build_object('code', 'NOT_A_LEAD'));
  end if;
  if exists (select 1 from host where id = stay.host_id and user_id = p_user) then
    return end_once(actor, p_key, jsonb_build_object('code', 'OWN_HOME'));
  end if;
  if exists (select 1 from approval where placement_id = p_placement and approver_id = p_user) then
    return end_once(actor, p_key, jsonb_build_object('code', 'ALREADY_DECIDED'));
  end if;
  for target in select id from answered_together(p_placement, 'COORDINATOR', 'PROPOSED') together (id)
      where is_within_reach(id, p_user, p_cities) order by id loop
    insert into approval (placement_id, approver_id) values (target, p_user) on conflict do nothing;
    if confirm_when_complete(target, actor) then confirmed := confirmed || target; end if;
  end loop;
  perform tell_confirmed(confirmed);
  perform settle_parties(confirmed || stay.id, false);
  perform add_audit(actor, 'placement.second-yes', jsonb_build_object('placement', p_placement));
  return end_once(actor, p_key, jsonb_build_object('code', 'OK', 'confirmed', cardinality(confirmed) > 0));
end $$;

-- Reasons after which these two are not brought together again by anybody.
create function parts_for_good(p_reason text) returns boolean language sql immutable as $$
  select p_reason in ('CONFLICT', 'SAFETY', 'SAFETY_WORRY', 'NOT_SAFE')
$$;

-- Ends one placement and writes what follows from it. Called with the arrival and the plan's placements locked.
create function end_one(p_id uuid, p_to placement_state, p_actor text, p_side side, p_reason text, p_destination text)
returns void language plpgsql as $$
declare stay placement;
begin
  perform move_placement(p_id, p_to, p_actor, p_reason);
  update placement set ended_side = p_side, ended_reason = p_reason, ended_to = p_destination,
    departed_on = case when p_to = 'DEPARTED'
      then city_today((select city_id from home where id = placement.home_id)) else departed_on end
  where id = p_id returning * into stay;
  perform needs_onward(stay.arrival_id, stay.until_date, until_date) from extension where placement_id = p_id and state = 'ASKED';
  update extension set state = 'REFUSED', answered_at = now() where placement_id = p_id and state = 'ASKED';
  -- A pair is not blamed for a coordinator's silence. It is remembered when a host ends a stay, and when it ended badly.
  if (p_to in ('DECLINED', 'LAPSED') and p_side <> 'COORDINATOR')
    or (p_to in ('CANCELLED', 'DEPARTED', 'NOT_ARRIVED') and (p_side = 'HOST' or p_reason = 'HOST_ENDED_EARLY' or parts_for_good(p_reason))) then
    insert into refusal (arrival_id, home_id, side, reason, until_date)
    select stay.arrival_id, stay.home_id, p_side, p_reason, city_today(city_id) + case p_to when 'LAPSED' then 3 else 30 end
    from home where id = stay.home_id;
  end if;
  -- who has a place until then still needs these nights; whoever has none is in the queue anyway
  if p_to in ('DECLINED', 'LAPSED', 'CANCELLED') then perform needs_onward(stay.arrival_id, stay.from_date, stay.until_date); end if;
end $$;

-- Whether the first day of a stay is over where it is: trains are late, nobody is written off before.
create function is_first_day_over(p_placement uuid) returns boolean language sql stable as $$
  select placement.from_date < city_today(home.city_id) from placement join home on home.id = placement.home_id where placement.id = p_placement
$$;

-- Ends a placement, and with it those the same answer speaks for:
-- DECLINED and CANCELLED before arrival, NOT_ARRIVED once the first evening is over, DEPARTED after. Lapsing is the clock's
-- alone. After a fear or a quarrel a block parts the two, and nothing else between them goes on.
-- p_side: whose decision or silence it was. p_close: the arrival needs nothing more from us. p_version: what the form was
-- drawn from, or null. p_cities: where the coordinator serves who writes it down for a guest; as with a yes, what is not
-- theirs to answer for goes on, but where the guests need nothing more: then all of it ends, as when they take the request back.
create function release_placement(p_actor text, p_key text, p_hash text, p_placement uuid, p_to placement_state,
  p_side side, p_reason text, p_destination text, p_close boolean, p_version int default null, p_cities text[] default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  stay placement;
  other placement;
  recorder uuid := case when p_side <> 'HOST' then user_of(p_actor) end;
  targets uuid[];
  target uuid;
  knows side;
  agreed boolean;
  there boolean;
begin
  answer := begin_once(p_actor, p_key, 'placement.release', p_hash);
  if answer is not null then return answer; end if;
  stay := lock_stay(p_placement);
  -- a no to a question is told to the other side; the end of what was agreed to everybody who did not write it themselves
  knows := case when p_to = 'DECLINED' then p_side else acting_side(p_actor, stay.host_id) end;
  if stay.id is null or not is_within_reach(p_placement, null, p_cities) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND'));
  end if;
  if not is_within_reach(p_placement, recorder, null) then return end_once(p_actor, p_key, jsonb_build_object('code', 'OWN_HOME')); end if;
  if p_to not in ('DECLINED', 'CANCELLED', 'NOT_ARRIVED', 'DEPARTED')
    or not exists (select 1 from legal_move where from_state = stay.state and to_state = p_to) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_OPEN', 'state', stay.state));
  end if;
  if stay.version <> p_version then return end_once(p_actor, p_key, jsonb_build_object('code', 'STALE_VERSION')); end if;
  if p_to = 'NOT_ARRIVED' and not is_first_day_over(p_placement) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'TOO_EARLY'));
  end if;

  targets := case when p_to = 'DEPARTED' then array(select housed_together(p_placement, stay.state))
    else array(select id from answered_together(p_placement, case p_side when 'GUEST' then 'GUEST' else 'HOST' end::side, stay.state)
      together (id) where p_close or (is_within_reach(id, recorder, p_cities)
        -- who missed the first leg may come to the next one
        and (p_to <> 'NOT_ARRIVED' or is_first_day_over(id))) order by id) end;
  foreach target in array targets loop
    perform end_one(target, p_to, p_actor, p_side, p_reason, p_destination);
  end loop;
  agreed := stay.state in ('CONFIRMED', 'ARRIVED');
  there := stay.state = 'ARRIVED';
  if parts_for_good(p_reason) then
    insert into block (host_id, arrival_id, by_user_id) values (stay.host_id, stay.arrival_id, user_of(p_actor)) on conflict do nothing;
    for other in select * from placement where arrival_id = stay.arrival_id and host_id = stay.host_id and is_live(state) order by id loop
      perform end_one(other.id, case other.state when 'ARRIVED' then 'DEPARTED' else 'CANCELLED' end::placement_state,
        p_actor, p_side, p_reason, p_destination);
      targets := targets || other.id;
      agreed := agreed or other.state in ('CONFIRMED', 'ARRIVED');
      there := there or other.state = 'ARRIVED';
    end loop;
  end if;
  if p_to = 'DECLINED' and p_side = 'HOST' and not exists (select 1 from yes where placement_id = p_placement and side = 'HOST') then
    perform count_question(stay.host_id, true);
  end if;
  -- What breaks after a confirmation or during a stay goes to the top of the queue, for the nights that are left; who
  -- cancels their own confirmed place before coming waits like everybody.
  if not p_close and agreed then
    perform needs_onward(arrival_id, greatest(from_date, city_today((select city_id from home where id = home_id))), until_date)
    from placement where id = any (targets);
    update arrival set broken_placement = broken_placement or p_side <> 'GUEST' or there,
      from_date = greatest(from_date, city_today(city_ids[1])),
      until_date = least(greatest(until_date, onward_until, city_today(city_ids[1]) + 1), greatest(from_date, city_today(city_ids[1])) + 366)
    where id in (select arrival_id from placement where id = any (targets)) and state <> 'WITHDRAWN';
  end if;
  if p_close then update placement set need_over = true where arrival_id = stay.arrival_id and not is_live(state); end if;
  -- a host's no speaks of every party of a group in the home; only who was asked about says that they need nothing more
  perform settle_arrival(arrival_id, p_close and arrival_id = stay.arrival_id) from (
    select distinct arrival_id from placement where id = any (targets) order by 1) party;
  if knows <> 'HOST' then perform tell_hosts('ENDED_HOST', targets); end if;
  perform tell_guests('ENDED_GUEST', array(select id from placement
    where id = any (targets) and (knows <> 'GUEST' or arrival_id <> stay.arrival_id)));
  perform add_audit(p_actor, 'placement.' || replace(lower(p_to::text), '_', '-'),
    jsonb_build_object('placement', p_placement, 'side', p_side, 'reason', p_reason, 'ended', cardinality(targets)));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'ended', cardinality(targets)));
end $$;

-- The guest stands at the door and is let in.
create function record_arrived(p_actor text, p_key text, p_hash text, p_placement uuid, p_version int default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  stay placement;
  target uuid;
begin
  answer := begin_once(p_actor, p_key, 'placement.arrived', p_hash);
  if answer is not null then return answer; end if;
  stay := lock_stay(p_placement);
  if stay.id is null then return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND')); end if;
  if stay.state <> 'CONFIRMED' then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_OPEN', 'state', stay.state));
  end if;
  if acting_side(p_actor, stay.host_id) = 'HOST' then return end_once(p_actor, p_key, jsonb_build_object('code', 'OWN_HOME')); end if;
  if stay.version <> p_version then return end_once(p_actor, p_key, jsonb_build_object('code', 'STALE_VERSION')); end if;
  if stay.from_date > city_today((select city_id from home where id = stay.home_id)) + 1 then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'TOO_EARLY'));
  end if;
  for target in select housed_together(p_placement, 'CONFIRMED') loop
    perform move_placement(target, 'ARRIVED', p_actor, null);
    update placement set arrived_on = city_today((select city_id from home where id = home_id)) where id = target;
  end loop;
  perform settle_arrival(stay.arrival_id, false);
  perform add_audit(p_actor, 'placement.arrived', jsonb_build_object('placement', p_placement));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK'));
end $$;

-- Changes the last morning of one room, later or earlier. The room's own nights and the constraints decide.
-- p_together: the rooms that change with it. Called with arrival, rooms and placements locked.
create function stretch_one(p_id uuid, p_until date, p_actor text, p_together uuid[]) returns text language plpgsql as $$
declare stay placement;
begin
  select * into stay from placement where id = p_id;
  if p_until <= stay.from_date then return 'NIGHTS_INVALID'; end if;
  if p_until - stay.from_date > 366 then return 'NIGHTS_TOO_MANY'; end if;
  if p_until > stay.until_date and exists (
    select 1 from hold where arrival_id = stay.arrival_id and placement_id <> all (p_together)
      and during && daterange(stay.until_date, p_until)) then return 'EXTEND_ARRIVAL_TAKEN'; end if;
  if p_until > stay.until_date and not exists (
    select 1 from free_run where room_id = stay.room_id and from_date <= stay.until_date and until_date >= p_until) then
    return case when exists (select 1 from hold where room_id = stay.room_id and placement_id <> p_id
      and during && daterange(stay.until_date, p_until)) then 'EXTEND_ROOM_TAKEN' else 'NOT_OFFERED' end;
  end if;
  update hold set until_date = p_until,
    stretched_from = case when p_until > until_date then until_date when p_until > stretched_from then stretched_from end,
    stretched_at = case when p_until > until_date then clock_timestamp() else stretched_at end,
    stretched_by = case when p_until > until_date then p_actor else stretched_by end
  where placement_id = p_id;
  update placement set until_date = p_until where id = p_id;
  perform move_placement(p_id, stay.state, p_actor, 'NIGHTS_CHANGED');
  update arrival set until_date = greatest(until_date, least(p_until, from_date + 366)),
    onward_from = case when onward_until > p_until then least(onward_from, p_until) else onward_from end
  where id = stay.arrival_id;
  return 'OK';
end $$;

-- The rooms that change with this one are those of the same home, the same nights and the same last morning.
create function extend_plan(p_placement uuid, p_until date, p_actor text) returns text language plpgsql as $$
declare
  stay placement := lock_stay(p_placement);
  together uuid[];
  target uuid;
  code text;
begin
  if stay.id is null then return 'NOT_FOUND'; end if;
  -- fewer nights are always possible, also with a host whose vetting has run out
  if stay.state not in ('CONFIRMED', 'ARRIVED')
    or (p_until > stay.until_date and not may_go_on(stay.host_id, stay.arrival_id, null)) then return 'NOT_OPEN'; end if;
  if p_until <= city_today((select city_id from home where id = stay.home_id)) or p_until = stay.until_date then
    return 'NIGHTS_INVALID';
  end if;
  together := array(select id from placement
    where id in (select housed_together(p_placement, stay.state)) and until_date = stay.until_date order by id);
  foreach target in array together loop
    code := stretch_one(target, p_until, p_actor, together);
    if code <> 'OK' then return code; end if;
  end loop;
  perform settle_arrival(stay.arrival_id, false);
  return 'OK';
end $$;

-- A coordinator changes the last morning after speaking with both. Earlier is written down; later is the host's to agree
-- to, also on the telephone (docs/adr/0011), and is kept as the host's answer.
create function extend_placement(p_actor text, p_key text, p_hash text, p_placement uuid, p_until date,
  p_host_agreed boolean default false, p_version int default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  code text;
  stay placement;
  longer boolean;
begin
  answer := begin_once(p_actor, p_key, 'placement.extend', p_hash);
  if answer is not null then return answer; end if;
  stay := lock_stay(p_placement);
  longer := p_until > stay.until_date;
  code := case
    when stay.id is null then 'NOT_FOUND'
    when stay.state not in ('CONFIRMED', 'ARRIVED') then 'NOT_OPEN'
    when acting_side(p_actor, stay.host_id) = 'HOST' then 'OWN_HOME'
    when stay.version <> p_version then 'STALE_VERSION'
    when longer and not p_host_agreed then 'HOST_NOT_ASKED' end;
  if code is not null then return end_once(p_actor, p_key, jsonb_build_object('code', code, 'state', stay.state)); end if;
  begin
    code := extend_plan(p_placement, p_until, p_actor);
    -- the first room of several may be stretched before the second refuses: take it back
    if code <> 'OK' then raise exception using errcode = 'QN001'; end if;
  exception when sqlstate 'QN001' then
    return end_once(p_actor, p_key, jsonb_build_object('code', code));
  end;
  -- an open question is answered by this; a late answer to it must not change the nights again
  perform needs_onward(stay.arrival_id, p_until, until_date) from extension
  where longer and state = 'ASKED' and placement_id in (select id from placement where plan_id = stay.plan_id and home_id = stay.home_id
    and arrival_id = stay.arrival_id);
  update extension set state = case when until_date <= p_until then 'AGREED' else 'REFUSED' end::extension_state, answered_at = now(),
    answered_way = 'PHONE', answered_by = user_of(p_actor)
  where state = 'ASKED' and placement_id in (select id from placement where plan_id = stay.plan_id and home_id = stay.home_id
    and arrival_id = stay.arrival_id);
  if longer then
    insert into extension (placement_id, until_date, state, answered_at, answered_way, answered_by)
    select p_placement, p_until, 'AGREED', now(), 'PHONE', user_of(p_actor) where not exists (
      select 1 from extension where placement_id = p_placement and until_date = p_until and state = 'AGREED' and answered_at = now());
  end if;
  perform post_message('NIGHTS_CHANGED_HOST', 'HOST', p_placement, stay.arrival_id, stay.host_id);
  perform post_message('NIGHTS_CHANGED_GUEST', 'GUEST', p_placement, stay.arrival_id, null);
  perform add_audit(p_actor, 'placement.nights-changed', jsonb_build_object('placement', p_placement, 'until', p_until)
    || case when longer then jsonb_build_object('hostAgreed', 'PHONE') else '{}' end);
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'until', p_until));
end $$;

-- The rooms that move together: of one party, home and plan, and of the same nights.
create function moved_together(p_placement uuid) returns uuid[] language sql stable as $$
  select array(select other.id from placement this join placement other on other.plan_id = this.plan_id
      and other.home_id = this.home_id and other.arrival_id = this.arrival_id and other.state = this.state
      and other.from_date = this.from_date and other.until_date = this.until_date
    where this.id = p_placement order by other.id)
$$;

-- Why these stays cannot have other nights in their rooms, or null. Their own nights are theirs to move within.
create function move_refusal(p_ids uuid[], p_from date, p_until date) returns text language sql stable as $$
  select case
    when p_until <= p_from or bool_or(p_from < city_today(home.city_id)) then 'NIGHTS_INVALID'
    when p_until - p_from > 366 then 'NIGHTS_TOO_MANY'
    when bool_and(stay.from_date = p_from and stay.until_date = p_until) then 'NIGHTS_INVALID'
    when bool_or(exists (select 1 from hold where room_id = stay.room_id and placement_id <> stay.id
      and during && daterange(p_from, p_until))) then 'EXTEND_ROOM_TAKEN'
    when not bool_and(coalesce((select range_agg(during) from opening where room_id = stay.room_id), '{}')
      @> daterange(p_from, p_until)) then 'NOT_OFFERED'
    when bool_or(exists (select 1 from hold where arrival_id = stay.arrival_id and placement_id <> all (p_ids)
      and during && daterange(p_from, p_until))) then 'EXTEND_ARRIVAL_TAKEN' end
  from placement stay join home on home.id = stay.home_id where stay.id = any (p_ids)
$$;

-- Guests who are agreed on and have not come yet come on other nights, to the same room. The coordinator has spoken with
-- both: more nights or others than the host agreed to are the host's to agree to.
create function move_stay(p_actor text, p_key text, p_hash text, p_placement uuid, p_from date, p_until date,
  p_host_agreed boolean, p_version int default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb := begin_once(p_actor, p_key, 'placement.move', p_hash);
  stay placement;
  together uuid[];
  target uuid;
  code text;
begin
  if answer is not null then return answer; end if;
  stay := lock_stay(p_placement);
  together := moved_together(p_placement);
  code := case
    when stay.id is null then 'NOT_FOUND'
    when stay.state <> 'CONFIRMED' or not may_go_on(stay.host_id, stay.arrival_id, stay.home_id) then 'NOT_OPEN'
    when acting_side(p_actor, stay.host_id) = 'HOST' then 'OWN_HOME'
    when stay.version <> p_version then 'STALE_VERSION'
    when not p_host_agreed and not daterange(stay.from_date, stay.until_date) @> daterange(p_from, greatest(p_until, p_from)) then 'HOST_NOT_ASKED'
    else move_refusal(together, p_from, p_until) end;
  if code is not null then return end_once(p_actor, p_key, jsonb_build_object('code', code, 'state', stay.state)); end if;
  foreach target in array together loop
    update hold set from_date = p_from, until_date = p_until, stretched_from = p_from, stretched_at = clock_timestamp(),
      stretched_by = p_actor where placement_id = target;
    update placement set from_date = p_from, until_date = p_until where id = target;
    perform move_placement(target, 'CONFIRMED', p_actor, 'NIGHTS_CHANGED');
  end loop;
  -- an open question about a later morning was about the former nights
  update extension set state = 'REFUSED', answered_at = now(), answered_way = 'PHONE', answered_by = user_of(p_actor)
  where state = 'ASKED' and placement_id = any (together);
  update arrival set until_date = greatest(until_date, least(p_until, from_date + 366)) where id = stay.arrival_id;
  perform settle_arrival(stay.arrival_id, false);
  perform post_message('NIGHTS_CHANGED_HOST', 'HOST', p_placement, stay.arrival_id, stay.host_id);
  perform post_message('NIGHTS_CHANGED_GUEST', 'GUEST', p_placement, stay.arrival_id, null);
  perform add_audit(p_actor, 'placement.nights-changed', jsonb_build_object('placement', p_placement, 'from', p_from, 'until', p_until));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'from', p_from, 'until', p_until));
end $$;

-- The guest asks to stay longer; the host answers (docs/adr/0011). Nothing is held until then.
create function ask_extension(p_actor text, p_key text, p_hash text, p_placement uuid, p_until date)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  code text;
  stay placement;
begin
  answer := begin_once(p_actor, p_key, 'extension.ask', p_hash);
  if answer is not null then return answer; end if;
  stay := lock_stay(p_placement);
  if stay.id is null then return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND')); end if;
  if stay.state not in ('CONFIRMED', 'ARRIVED') then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_OPEN', 'state', stay.state));
  end if;
  code := case
    when p_until <= city_today((select city_id from home where id = stay.home_id)) then 'NIGHTS_INVALID'
    when p_until <= stay.until_date then 'NIGHTS_NOT_MORE'
    when p_until - stay.from_date > 366 then 'NIGHTS_TOO_MANY' end;
  if code is not null then return end_once(p_actor, p_key, jsonb_build_object('code', code)); end if;
  -- a host who may not agree to it is not asked: the search for these nights begins at once
  if not may_go_on(stay.host_id, stay.arrival_id, null) then
    insert into extension (placement_id, until_date, state, answered_at) values (p_placement, p_until, 'REFUSED', now());
    perform needs_onward(stay.arrival_id, stay.until_date, p_until);
    perform add_audit(p_actor, 'extension.asked', jsonb_build_object('placement', p_placement, 'until', p_until, 'open', false));
    return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'until', p_until));
  end if;
  if not exists (select 1 from free_run where room_id = stay.room_id
                 and from_date <= stay.until_date and until_date >= p_until) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_OFFERED'));
  end if;
  -- silence is no change: a wish whose morning has come is no question any more, and keeps nobody from asking again
  update extension set state = 'REFUSED', answered_at = now() where placement_id = p_placement and state = 'ASKED'
    and until_date <= city_today((select city_id from home where id = stay.home_id));
  insert into extension (placement_id, until_date) values (p_placement, p_until) on conflict do nothing;
  if not found then return end_once(p_actor, p_key, jsonb_build_object('code', 'ALREADY_ASKED')); end if;
  perform post_message('ASK_EXTENSION', 'HOST', p_placement, stay.arrival_id, stay.host_id);
  perform add_audit(p_actor, 'extension.asked', jsonb_build_object('placement', p_placement, 'until', p_until));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'until', p_until));
end $$;

-- The host's answer: their own, or a no that a coordinator heard on the telephone. A yes heard there is extend_placement.
create function answer_extension(p_actor text, p_key text, p_hash text, p_placement uuid, p_agree boolean)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  stay placement;
  asked extension;
  code text := 'OK';
begin
  answer := begin_once(p_actor, p_key, 'extension.answer', p_hash);
  if answer is not null then return answer; end if;
  stay := lock_stay(p_placement);
  select * into asked from extension where placement_id = p_placement and state = 'ASKED' for no key update;
  if not found then return end_once(p_actor, p_key, jsonb_build_object('code', 'ALREADY_DECIDED')); end if;
  begin
    if p_agree then code := extend_plan(p_placement, asked.until_date, p_actor); end if;
    if code <> 'OK' then raise exception using errcode = 'QN001'; end if;
  exception when sqlstate 'QN001' then
    -- a yes that may not be: nobody waits for it any more
    if code = 'NOT_OPEN' then
      update extension set state = 'REFUSED', answered_at = now() where id = asked.id;
      perform needs_onward(stay.arrival_id, stay.until_date, asked.until_date);
      perform post_message('EXTENSION_REFUSED', 'GUEST', p_placement, stay.arrival_id, null);
      perform add_audit(p_actor, 'extension.answered', jsonb_build_object('placement', p_placement, 'agreed', false));
      return end_once(p_actor, p_key, jsonb_build_object('code', 'EXTEND_NOT_OPEN', 'kept', true));
    end if;
    -- the morning that was asked for has come: there is nothing left to agree to, and no letter would tell anything new
    if code = 'NIGHTS_INVALID' then
      update extension set state = 'REFUSED', answered_at = now() where id = asked.id;
      perform add_audit(p_actor, 'extension.answered', jsonb_build_object('placement', p_placement, 'agreed', false));
      return end_once(p_actor, p_key, jsonb_build_object('code', 'EXTEND_OVER', 'kept', true));
    end if;
    return end_once(p_actor, p_key, jsonb_build_object('code', code));
  end;
  update extension set state = case when p_agree then 'AGREED' else 'REFUSED' end::extension_state, answered_at = now(),
    answered_way = case when acting_side(p_actor, stay.host_id) = 'HOST' then 'LINK' else 'PHONE' end::answer_way,
    answered_by = user_of(p_actor)
  where id = asked.id;
  -- the rooms of a home change together: who asked for no more than was agreed has an answer too, and a late yes to that
  -- must not cut the nights again
  if p_agree then
    update extension set state = 'AGREED', answered_at = now(),
      answered_way = case when acting_side(p_actor, stay.host_id) = 'HOST' then 'LINK' else 'PHONE' end::answer_way,
      answered_by = user_of(p_actor)
    where state = 'ASKED' and until_date <= asked.until_date and placement_id in (
      select id from placement where plan_id = stay.plan_id and home_id = stay.home_id and arrival_id = stay.arrival_id);
  end if;
  -- back in the queue for the nights after this stay
  if not p_agree then perform needs_onward(stay.arrival_id, stay.until_date, asked.until_date); end if;
  perform post_message(case when p_agree then 'EXTENSION_AGREED' else 'EXTENSION_REFUSED' end, 'GUEST',
    p_placement, stay.arrival_id, null);
  perform add_audit(p_actor, 'extension.answered', jsonb_build_object('placement', p_placement, 'agreed', p_agree));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'agreed', p_agree));
end $$;

-- Silence releases: every proposal of a plan past its deadline lapses, with the side that was silent.
create function lapse_plan(p_plan uuid) returns int language plpgsql security definer set search_path = public as $$
declare
  stay placement;
  silent side;
  targets uuid[];
  lapsed jsonb[] := '{}';
begin
  if not exists (select 1 from plan where id = p_plan and deadline <= now()) then return 0; end if;
  perform 1 from arrival where id in (select arrival_id from placement where plan_id = p_plan) order by id for no key update;
  targets := array(select id from placement where plan_id = p_plan and state = 'PROPOSED' order by id);
  if cardinality(targets) = 0 then return 0; end if;
  perform lock_placements(targets);
  for stay in select * from placement where id = any (targets) order by id loop
    silent := case
      -- nobody could say yes: that is nobody's silence but ours
      when not approvals_open() then 'COORDINATOR'
      when not exists (select 1 from yes where placement_id = stay.id and side = 'HOST') then 'HOST'
      when not exists (select 1 from yes where placement_id = stay.id and side = 'GUEST') then 'GUEST'
      else 'COORDINATOR' end;
    perform end_one(stay.id, 'LAPSED', 'system', silent, 'NO_ANSWER', null);
    lapsed := lapsed || jsonb_build_object('placement', stay.id, 'side', silent);
  end loop;
  perform count_question(host_id, false) from (
    select distinct host_id, home_id from placement where id = any (targets) and ended_side = 'HOST') asked;
  perform settle_parties(targets, false);
  perform tell_hosts('LAPSED_HOST', targets);
  perform tell_guests('LAPSED_GUEST', targets);
  perform add_audits('system', 'placement.lapsed', lapsed);
  return cardinality(targets);
end $$;

-- Half-time: a reminder to each side that has not answered, once. Answers how many were written.
create function remind_plan(p_plan uuid) returns int language plpgsql security definer set search_path = public as $$
declare
  stay placement;
  sent int := 0;
begin
  -- whoever is answering now is not reminded: every answer locks the arrival first
  perform 1 from arrival where id in (select arrival_id from placement where plan_id = p_plan) order by id for no key update;
  update plan set remind_at = null where id = p_plan;
  for stay in
    select distinct on (placement.host_id) placement.* from placement join plan on plan.id = placement.plan_id
    where plan_id = p_plan and placement.state = 'PROPOSED' and plan.deadline > now()
      and not exists (select 1 from yes where yes.placement_id = placement.id and yes.side = 'HOST')
    order by placement.host_id, placement.id loop
    if post_message('REMIND_HOST', 'HOST', stay.id, stay.arrival_id, stay.host_id) is not null then sent := sent + 1; end if;
  end loop;
  for stay in
    select distinct on (placement.arrival_id) placement.* from placement join plan on plan.id = placement.plan_id
    where plan_id = p_plan and placement.state = 'PROPOSED' and plan.deadline > now()
      and not exists (select 1 from yes where yes.placement_id = placement.id and yes.side = 'GUEST')
    order by placement.arrival_id, placement.id loop
    if post_message('REMIND_GUEST', 'GUEST', stay.id, stay.arrival_id, null) is not null then sent := sent + 1; end if;
  end loop;
  return sent;
end $$;

-- The guest takes the request back. Whatever is live ends; with p_erase everything that could name them goes.
create function withdraw_arrival(p_actor text, p_key text, p_hash text, p_arrival uuid, p_erase boolean)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  stay placement;
  targets uuid[];
  next_state placement_state;
begin
  answer := begin_once(p_actor, p_key, 'arrival.withdraw', p_hash);
  if answer is not null then return answer; end if;
  perform 1 from arrival where id = p_arrival for no key update;
  if not found then return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND')); end if;
  targets := array(select id from placement where arrival_id = p_arrival and is_live(state) order by id);
  perform lock_placements(targets);
  for stay in select * from placement where id = any (targets) order by id loop
    next_state := case when stay.state = 'ARRIVED' then 'DEPARTED' else 'CANCELLED' end;
    perform end_one(stay.id, next_state, p_actor, 'GUEST', 'MOVED_ON', 'UNKNOWN');
  end loop;
  perform tell_hosts('ENDED_HOST', targets);
  update arrival set
    state = case when state = 'CLOSED' then state else 'WITHDRAWN' end, version = version + 1,
    onward_from = null, onward_until = null, closed_at = coalesce(closed_at, now()) where id = p_arrival;
  if p_erase then perform erase_arrival(p_arrival); end if;
  perform add_audit(p_actor, case when p_erase then 'arrival.erased' else 'arrival.withdrawn' end,
    jsonb_build_object('arrival', p_arrival));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK'));
end $$;

-- Somebody whose request was closed needs a place after all: open again, with the waiting time kept.
create function reopen_arrival(p_actor text, p_key text, p_hash text, p_arrival uuid)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  guest arrival;
  today date;
begin
  answer := begin_once(p_actor, p_key, 'arrival.reopen', p_hash);
  if answer is not null then return answer; end if;
  select * into guest from arrival where id = p_arrival for no key update;
  if not found then return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND')); end if;
  if guest.erased_at is not null then return end_once(p_actor, p_key, jsonb_build_object('code', 'ARRIVAL_ERASED')); end if;
  if guest.state not in ('CLOSED', 'WITHDRAWN') then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'ALREADY_DECIDED'));
  end if;
  -- as many nights as were asked for, from today: a last morning in the past would close the request at once and have it
  -- forgotten within days
  today := city_today(guest.city_ids[1]);
  update arrival set state = 'OPEN', closed_at = null, version = version + 1, from_date = greatest(from_date, today),
    until_date = least(greatest(until_date, today + (until_date - from_date)), greatest(from_date, today) + 366)
  where id = p_arrival;
  perform add_audit(p_actor, 'arrival.reopened', jsonb_build_object('arrival', p_arrival));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK'));
end $$;

-- Locks a host and, before it, the arrivals with a proposal there; answers those proposals, or null for no such host.
-- A proposal made between the two locks has an arrival that is not locked yet: let go of everything and begin again,
-- at most until the statement's time is up.
create function lock_proposals(p_host uuid) returns uuid[]
language plpgsql security definer set search_path = public as $$
declare
  arrivals uuid[];
  proposals uuid[];
begin
  loop
    begin
      arrivals := array(select arrival_id from placement where host_id = p_host and state = 'PROPOSED');
      perform 1 from arrival where id = any (arrivals) order by id for no key update;
      perform 1 from host where id = p_host for no key update;
      if not found then return null; end if;
      proposals := array(select id from placement where host_id = p_host and state = 'PROPOSED' order by id);
      if exists (select 1 from placement where id = any (proposals) and arrival_id <> all (arrivals)) then
        raise exception using errcode = 'QN002';
      end if;
      perform lock_placements(proposals);
      return proposals;
    exception when sqlstate 'QN002' then null;
    end;
  end loop;
end $$;

-- Lets go of each proposal on this host that may not go on any more: the household is another one, the home was not
-- seen, the vetting is gone. Called after the change, with the host's proposals locked before it. Answers how many.
create function release_unfit(p_actor text, p_host uuid) returns int
language plpgsql security definer set search_path = public as $$
declare
  targets uuid[] := lock_proposals(p_host);
  stay placement;
begin
  targets := array(select id from placement where id = any (targets) and not may_go_on(host_id, arrival_id, home_id) order by id);
  for stay in select * from placement where id = any (targets) order by id loop
    perform end_one(stay.id, 'CANCELLED', p_actor, 'COORDINATOR', 'NO_LONGER_FITS', null);
    perform settle_arrival(stay.arrival_id, false);
  end loop;
  perform tell_hosts('ENDED_HOST', targets);
  perform tell_guests('ENDED_GUEST', targets);
  if cardinality(targets) > 0 then
    perform add_audit(p_actor, 'placement.cancelled', jsonb_build_object('host', p_host, 'reason', 'NO_LONGER_FITS', 'ended', cardinality(targets)));
  end if;
  return cardinality(targets);
end $$;

-- A pause releases what is only proposed and keeps guests who are confirmed or there (docs/adr/0008). p_asked: the placement
-- of a mailed link, which pauses only while that is live.
create function pause_host(p_actor text, p_key text, p_hash text, p_host uuid, p_paused boolean, p_asked uuid default null)
returns jsonb language plpgsql security definer set search_path = public as $$
declare
  answer jsonb;
  stay placement;
  targets uuid[];
  told placement;
begin
  answer := begin_once(p_actor, p_key, 'host.pause', p_hash);
  if answer is not null then return answer; end if;
  targets := lock_proposals(p_host);
  if targets is null then return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_FOUND')); end if;
  select * into told from placement where id = p_asked;
  if p_asked is not null and not is_live(told.state) then
    return end_once(p_actor, p_key, jsonb_build_object('code', 'NOT_OPEN', 'state', told.state));
  end if;
  if not p_paused then targets := '{}'; end if;
  update host set paused = p_paused, confirmed_at = now(), version = version + 1 where id = p_host;
  for stay in select * from placement where id = any (targets) order by id loop
    perform end_one(stay.id, 'DECLINED', p_actor, 'HOST', 'NEEDS_REST', null);
    perform settle_arrival(stay.arrival_id, false);
  end loop;
  perform tell_guests('ENDED_GUEST', targets);
  for told in select distinct on (plan_id) * from placement where id = any (targets) order by plan_id, id loop
    -- a pause is an answer too
    if not exists (select 1 from yes where placement_id = told.id and side = 'HOST') then perform count_question(p_host, true); end if;
  end loop;
  perform add_audit(p_actor, case when p_paused then 'host.paused' else 'host.resumed' end,
    jsonb_build_object('host', p_host, 'released', cardinality(targets)));
  return end_once(p_actor, p_key, jsonb_build_object('code', 'OK', 'released', cardinality(targets)));
end $$;

-- Opens a sealed field to one side of a confirmed placement, and counts it. Not across a block, and not for ever: a week
-- after the last morning it is closed, also where nobody has recorded the departure.
create function reveal_field(p_actor text, p_placement uuid, p_side side, p_user uuid, p_field text)
returns jsonb language plpgsql security definer set search_path = public as $$
declare stay placement;
begin
  select * into stay from placement where id = p_placement for share;
  if not found then return jsonb_build_object('code', 'NOT_FOUND'); end if;
  -- whoever signs in is no guest; staff who host there are the host
  if p_side = 'GUEST' and p_user is not null then return jsonb_build_object('code', 'OWN_HOME'); end if;
  -- a household that turned out to be another one closes the door before the guest comes, and not the guest in it
  if stay.state = 'CONFIRMED' and not women_fit(stay.host_id, stay.arrival_id) then
    return jsonb_build_object('code', 'HOUSEHOLD_CHANGED');
  end if;
  if stay.state not in ('CONFIRMED', 'ARRIVED') or not pair_meets(stay.host_id, stay.arrival_id)
    or stay.until_date + 7 < city_today((select city_id from home where id = stay.home_id)) then
    return jsonb_build_object('code', 'NOT_OPEN', 'state', stay.state);
  end if;
  if p_side = 'COORDINATOR' and not exists (
    select 1 from approval where placement_id = p_placement and approver_id = p_user) then
    return jsonb_build_object('code', 'NOT_YOURS');
  end if;
  if p_field = 'HOST_CONTACT' and p_side = 'GUEST' and not (select contact_shown from host where id = stay.host_id) then
    return jsonb_build_object('code', 'NOT_SHOWN');
  end if;
  -- by the clock: a look that waited for the last yes began before it
  insert into reveal (placement_id, to_side, user_id, field, at) values (p_placement, p_side, p_user, p_field, clock_timestamp());
  perform add_audit(p_actor, 'reveal.opened', jsonb_build_object('placement', p_placement, 'side', p_side, 'field', p_field));
  return jsonb_build_object('code', 'OK', 'homeId', stay.home_id, 'hostId', stay.host_id, 'arrivalId', stay.arrival_id);
end $$;
