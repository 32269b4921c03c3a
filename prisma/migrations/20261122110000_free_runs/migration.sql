-- Free runs: what the matcher searches. Openings minus holds, as maximal runs per room.

create function free_runs_of(p_room uuid) returns setof daterange language sql stable as $$
  select unnest(
    coalesce((select range_agg(during) from opening where room_id = p_room), '{}'::datemultirange)
    - coalesce((select range_agg(during) from hold where room_id = p_room), '{}'::datemultirange))
$$;

create function rebuild_free_runs(p_room uuid) returns void language plpgsql as $$
begin
  -- rivals queue here, so each sees what the one before has committed
  perform 1 from room where id = p_room for no key update;
  delete from free_run where room_id = p_room;
  insert into free_run (room_id, from_date, until_date, city_id, sleeps)
  select p_room, lower(run), upper(run), home.city_id, room.sleeps
  from free_runs_of(p_room) run, room join home on home.id = room.home_id
  where room.id = p_room;
end $$;

-- A new hold lies inside one run and cuts it: what is left before and after it stays free. Only the transitions insert
-- holds, with the room locked, and with the rights of the owner.
create function cut_free_run() returns trigger language plpgsql as $$
declare run free_run;
begin
  delete from free_run where room_id = new.room_id and from_date <= new.from_date and until_date >= new.until_date
  returning * into run;
  -- the constraints will say what is wrong with it
  if not found then return null; end if;
  insert into free_run (room_id, from_date, until_date, city_id, sleeps)
  select run.room_id, piece.from_date, piece.until_date, run.city_id, run.sleeps
  from (values (run.from_date, new.from_date), (new.until_date, run.until_date)) piece (from_date, until_date)
  where piece.from_date < piece.until_date;
  return null;
end $$;

create function free_runs_follow() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if tg_op <> 'INSERT' then perform rebuild_free_runs(old.room_id); end if;
  if tg_op <> 'DELETE' and (tg_op = 'INSERT' or new.room_id <> old.room_id
    or new.from_date <> old.from_date or new.until_date <> old.until_date) then
    perform rebuild_free_runs(new.room_id);
  end if;
  return null;
end $$;

create trigger opening_free_runs after insert or update or delete on opening
  for each row execute function free_runs_follow();
create trigger hold_cuts_free_run after insert on hold
  for each row execute function cut_free_run();
create trigger hold_free_runs after update or delete on hold
  for each row execute function free_runs_follow();

create function free_runs_follow_room() returns trigger language plpgsql security definer set search_path = public as $$
begin
  update free_run set sleeps = new.sleeps where room_id = new.id;
  return null;
end $$;
create trigger room_free_runs after update of sleeps on room
  for each row when (new.sleeps <> old.sleeps) execute function free_runs_follow_room();

-- the city stands in the free runs, so a home does not move: a new address in another city is a new home
create function home_stays_in_city() returns trigger language plpgsql as $$
begin
  if new.city_id <> old.city_id and exists (select 1 from room where home_id = new.id) then
    raise exception using errcode = '23514', message = 'a home with rooms does not change its city',
      constraint = 'home_stays_in_city';
  end if;
  return new;
end $$;
create trigger home_city before update of city_id on home for each row execute function home_stays_in_city();
