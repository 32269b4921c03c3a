-- Who may be sent somewhere, and who has looked: a home nobody has seen is asked for nothing, a vetting runs out by the
-- clock, and a host's contact opens to those who arrange a visit, in writing.

-- Ends proposals nobody has confirmed yet, as a pause does, and tells their guests. Called with them locked
-- (lock_proposals). Nobody refused anybody: the pair may meet again.
create function release_asked(p_ids uuid[], p_actor text, p_reason text) returns void language plpgsql as $$
declare stay placement;
begin
  for stay in select * from placement where id = any (p_ids) order by id loop
    perform end_one(stay.id, 'CANCELLED', p_actor, 'COORDINATOR', p_reason, null);
    perform settle_arrival(stay.arrival_id, false);
  end loop;
  perform tell_guests('ENDED_GUEST', p_ids);
end $$;

-- Before another address is written: guests who were promised this home must not come to another, and a home is unseen at
-- a new address, whatever its host's state: a visit to another home may vet the host tomorrow. The host's version rises, so
-- that a visit to the old one is not recorded late.
create function leave_address(p_actor text, p_host uuid, p_home uuid, p_index text) returns text
language plpgsql security definer set search_path = public as $$
declare
  proposals uuid[] := lock_proposals(p_host);
  known record;
begin
  select address_index into known from home where id = p_home and host_id = p_host for no key update;
  if not found or known.address_index is null or known.address_index = p_index then return 'OK'; end if;
  if exists (select 1 from placement where home_id = p_home and state in ('CONFIRMED', 'ARRIVED')) then return 'HOME_OCCUPIED'; end if;
  perform release_asked(array(select id from placement where id = any (proposals) and home_id = p_home), p_actor, 'HOME_TO_VISIT');
  update home set to_visit = true where id = p_home;
  update host set version = version + 1 where id = p_host;
  return 'OK';
end $$;

-- Takes the vetting of one host away where its day has come. Guests who are confirmed or there stay; what is only asked
-- is released. Answers whether it was taken.
create function expire_vetting(p_host uuid) returns boolean language plpgsql security definer set search_path = public as $$
declare
  proposals uuid[] := lock_proposals(p_host);
  due host;
begin
  select * into due from host where id = p_host;
  if not found or not is_vetting_over(due) then return false; end if;
  update host set version = version + 1, state = case when exists (
      select 1 from vetting_check where host_id = p_host and kind <> 'REFERENCE' and expires_on > due.vetted_until)
    then 'VISITED' else 'APPLIED' end::host_state where id = p_host;
  perform release_asked(proposals, p_actor => 'system', p_reason => 'VETTING_OVER');
  perform tell_hosts('ENDED_HOST', proposals);
  perform add_audit('system', 'host.vetting-ended', jsonb_build_object('host', p_host, 'released', cardinality(proposals)));
  return true;
end $$;

-- The homes of a host, in these towns, that a visit is due to: all while the vetting is not complete or runs out within
-- p_days, else those nobody has seen at their address. Nobody visits a blocked host.
create function homes_to_visit(p_host uuid, p_cities text[], p_days int) returns uuid[] language sql stable as $$
  select array(select home.id from home join host on host.id = home.host_id
    where host.id = p_host and home.city_id = any (p_cities) and host.state <> 'BLOCKED'
      and (host.state <> 'VETTED' or home.to_visit or host.vetted_until <= city_today(home.city_id) + p_days)
    order by home.created_at, home.id)
$$;

-- Why a coordinator may not open a host's contact or address for a visit, or null where they may. Where guests are promised
-- the home or live there, it is theirs too: it opens to whoever approved them. An address opens where a visit is due.
create function host_closed(p_host uuid, p_user uuid, p_field text, p_cities text[], p_days int)
returns text language sql stable security definer set search_path = public as $$
  select case
    when not exists (select 1 from host where id = p_host) then 'NOT_FOUND'
    when exists (select 1 from placement where host_id = p_host and state in ('CONFIRMED', 'ARRIVED') and not exists (
      select 1 from approval where placement_id = placement.id and approver_id = p_user)) then 'NOT_YOURS'
    when p_field = 'ADDRESS' and cardinality(homes_to_visit(p_host, p_cities, p_days)) = 0 then 'NO_VISIT_DUE'
  end
$$;

-- A coordinator opens a host's contact or the addresses a visit is due to, and it is counted. Reach is proved by the
-- caller, who names the towns.
create function reveal_host(p_actor text, p_host uuid, p_user uuid, p_field text, p_cities text[], p_days int)
returns jsonb language plpgsql security definer set search_path = public as $$
declare closed text;
begin
  -- a confirmation in flight waits, or is seen
  perform 1 from host where id = p_host for no key update;
  closed := host_closed(p_host, p_user, p_field, p_cities, p_days);
  if closed is not null then return jsonb_build_object('code', closed); end if;
  insert into reveal (host_id, to_side, user_id, field) values (p_host, 'COORDINATOR', p_user, p_field);
  perform add_audit(p_actor, 'reveal.opened', jsonb_build_object('host', p_host, 'side', 'COORDINATOR', 'field', p_field));
  return jsonb_build_object('code', 'OK', 'homeIds', to_jsonb(homes_to_visit(p_host, p_cities, p_days)));
end $$;

-- A waiting request is taken back at the desk. Where a stay is agreed it is ended first, by its own door.
create function withdraw_waiting(p_actor text, p_key text, p_hash text, p_arrival uuid)
returns jsonb language plpgsql security definer set search_path = public as $$
declare guest arrival;
begin
  -- the key before the party, as everywhere
  perform pg_advisory_xact_lock(key_number(p_actor, p_key));
  select * into guest from arrival where id = p_arrival for no key update;
  if not found then return jsonb_build_object('code', 'NOT_FOUND'); end if;
  if exists (select 1 from placement where arrival_id = p_arrival and state in ('PROPOSED', 'CONFIRMED', 'ARRIVED')
             and acting_side(p_actor, host_id) = 'HOST') then
    return jsonb_build_object('code', 'OWN_HOME');
  end if;
  if guest.state not in ('OPEN', 'OFFERED') and not exists (select 1 from idempotency_key where actor = p_actor and key = p_key) then
    return jsonb_build_object('code', case guest.state when 'PLACED' then 'NOT_OPEN' else 'ALREADY_DECIDED' end);
  end if;
  return withdraw_arrival(p_actor, p_key, p_hash, p_arrival, false);
end $$;

revoke execute on function release_asked, leave_address, is_vetting_over, expire_vetting, withdraw_waiting, homes_to_visit,
  host_closed, reveal_host from public;
grant execute on function leave_address, is_vetting_over, expire_vetting, withdraw_waiting, host_closed, reveal_host to qonaq_app;
