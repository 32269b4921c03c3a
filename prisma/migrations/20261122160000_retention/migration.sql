-- Thirty days after the last morning everything of a request goes but numbers, as every guest was told. The day is a
-- promise for every request, also for one nobody placed and for a stay nobody recorded (docs/adr/0015).

-- The day a request is forgotten: 30 days after its last morning, as asked for or as it was agreed, whichever is later;
-- counted from the day it was over where that came first.
create function erase_day(p_arrival uuid) returns date language sql stable security definer set search_path = public as $$
  select 30 + least((arrival.closed_at at time zone city.time_zone)::date, greatest(arrival.until_date, arrival.onward_until,
    (select max(until_date) from placement where arrival_id = arrival.id and confirmed_at is not null)))
  from arrival join city on city.id = arrival.city_ids[1] where arrival.id = p_arrival
$$;

-- In place of a spoken code one that was never spoken: codes are made without the letters I, L, O and U.
create function void_code() returns text language plpgsql volatile as $$
declare made text;
begin
  loop
    select substr('ILOU', 1 + floor(random() * 4)::int, 1) || overlay(string_agg(
      substr('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', 1 + floor(random() * 36)::int, 1), '') placing '-' from 2 for 0)
    into made from generate_series(1, 4);
    exit when not exists (select 1 from arrival where code = made);
  end loop;
  return made;
end $$;

-- Takes everything out of one request but its town, how many people and how many nights. Ages become zeros, so that
-- their number still counts. Also what was kept of it elsewhere: why a room fitted, what stood between it and a home,
-- and, as long as answers are kept for replays, the spoken code in them.
create function erase_arrival(p_arrival uuid) returns void language plpgsql as $$
declare void text := void_code();
begin
  update idempotency_key set answer = jsonb_set(answer, '{value,code}', to_jsonb(void))
  where answer -> 'value' ->> 'arrivalId' = p_arrival::text
    and exists (select 1 from arrival where id = p_arrival and created_at > now() - interval '8 days');
  update arrival set code = void, nickname = '—', token_hash = null, contact_kind = 'NONE', contact_sealed = null,
    contact_index = null, note_sealed = null, onward_plan = null, onward_from = null, onward_until = null, district_id = null,
    children_ages = array_fill(0, array[cardinality(children_ages)]), flexible_nights = 0, animals = false,
    step_free = false, quiet_wished = false, private_bath_wished = false, own_entrance_wished = false, women_only = false,
    woman_alone = false, all_women = false, languages = '{}', unsafe_to_return = false, unwell = false,
    growth_persons = null, growth_from = null, growth_keep_until = null, source = 'WEB', locale = 'ru',
    assigned_user_id = null, group_id = null, legal_version = null, looked_at = null, broken_placement = false,
    erased_at = now(), version = version + 1
  where id = p_arrival;
  update placement set children_ages = array_fill(0, array[cardinality(children_ages)]), reasons = '{}'
  where arrival_id = p_arrival;
  update check_in set note_sealed = null where placement_id in (select id from placement where arrival_id = p_arrival);
  delete from refusal where arrival_id = p_arrival;
end $$;

-- Erases what is due by the calendar of its town, and answers which requests. One that still waits is closed by it.
create function erase_due(p_limit int) returns setof uuid language plpgsql security definer set search_path = public as $$
declare
  erased uuid[];
  due uuid;
begin
  erased := array(
    select id from arrival
    where erased_at is null and state in ('OPEN', 'CLOSED', 'WITHDRAWN')
      -- no day comes before these; asking each request for its day would take the statement's time
      and (closed_at < now() - interval '29 days' or until_date <= current_date - 29)
      and erase_day(id) <= city_today(city_ids[1])
    order by id limit p_limit for no key update skip locked);
  foreach due in array erased loop
    update arrival set state = case when state = 'OPEN' then 'CLOSED' else state end, closed_at = coalesce(closed_at, now())
    where id = due;
    perform erase_arrival(due);
  end loop;
  perform add_audit('system', 'arrival.erased', jsonb_build_object('arrival', id)) from unnest(erased) id;
  return query select unnest(erased);
end $$;

-- Ends stays whose last morning is long over and whose end nobody recorded, with nobody blamed for it: who was there has
-- left on that morning, who was never recorded there is told neither to have come nor to have stayed away.
create function end_unrecorded(p_ids uuid[]) returns void language plpgsql as $$
declare stay placement;
begin
  for stay in select * from placement where id = any (p_ids) order by id loop
    perform end_one(stay.id, case stay.state when 'ARRIVED' then 'DEPARTED' else 'CANCELLED' end::placement_state,
      'system', 'COORDINATOR', 'NOT_RECORDED', 'UNKNOWN');
    update placement set departed_on = until_date where id = stay.id and state = 'DEPARTED';
  end loop;
end $$;

-- A week after the last morning the clock closes a stay that coordinators saw as overdue until then; an arrival that
-- needs nothing more is closed with it. Answers how many placements ended. No letters: everybody has long gone.
create function close_overdue(p_arrival uuid) returns int language plpgsql security definer set search_path = public as $$
declare
  targets uuid[];
  today date;
  wish date;
begin
  select city_today(city_ids[1]), onward_until into today, wish from arrival where id = p_arrival for no key update;
  targets := array(
    select placement.id from placement join home on home.id = placement.home_id
    where arrival_id = p_arrival and state in ('CONFIRMED', 'ARRIVED') and until_date + 7 < city_today(home.city_id) order by 1);
  if cardinality(targets) = 0 then return 0; end if;
  perform lock_placements(targets);
  -- also a wish that was never answered
  wish := greatest(wish, (select max(until_date) from extension where placement_id = any (targets) and state = 'ASKED'));
  perform end_unrecorded(targets);
  update arrival set onward_from = least(onward_from, today), onward_until = wish,
    from_date = greatest(from_date, today), until_date = least(greatest(until_date, wish), greatest(from_date, today) + 366)
  where id = p_arrival and wish > today;
  perform settle_arrival(p_arrival, coalesce(wish <= today, true));
  perform add_audit('system', 'placement.' || lower(state::text), jsonb_build_object('placement', id, 'reason', 'NOT_RECORDED'))
  from placement where id = any (targets);
  return cardinality(targets);
end $$;

revoke execute on function erase_day, void_code, erase_arrival, erase_due, end_unrecorded, close_overdue from public;
grant execute on function erase_day, erase_due, close_overdue to qonaq_app;
