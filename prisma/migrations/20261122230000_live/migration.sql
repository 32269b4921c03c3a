-- The optimum of each city kept live (lib/matching/live.ts): for everybody who waits, the place that is ready. Advice that
-- promises nothing: no row here holds a room, and the page asks the rules again before it shows one.

create type live_mark as enum ('BEST_FOR_ALL', 'BEST_ALONE');

-- When the places of a city were last worked out.
create table live_city (
  city_id text primary key references city (id),
  computed_at timestamptz not null,
  arrivals int not null check (arrivals >= 0),
  took_ms int not null check (took_ms >= 0),
  -- everybody was weighed against everything, and the certificate held
  whole boolean not null,
  -- too large to be kept in memory: worked out anew, less often
  slow boolean not null,
  policy_version int not null,
  failure text check (failure ~ '^[A-Z_]{2,40}$')
);

-- Without foreign keys to parties and rooms: writing advice must never make an approval wait for a lock.
create table live_place (
  arrival_id uuid not null,
  city_id text not null references live_city (city_id) on delete cascade,
  room_id uuid not null,
  from_date date not null,
  until_date date not null check (until_date > from_date),
  -- nights the stay moves, later when positive
  shift_nights int not null,
  score int not null,
  mark live_mark not null,
  primary key (arrival_id, city_id)
);
create index live_place_city on live_place (city_id);

-- Which worker keeps the places, and until when it does if it says nothing more.
create table live_keeper (
  only_row boolean primary key default true check (only_row),
  keeper uuid,
  until timestamptz not null default '-infinity'
);
insert into live_keeper default values;

-- Who asked to be forgotten, or is due to be, has no place any more.
create function forget_live_places() returns trigger language plpgsql security definer set search_path = public as $$
begin
  delete from live_place where arrival_id = new.id;
  return null;
end $$;
create trigger arrival_live_places after update of erased_at on arrival for each row
  when (old.erased_at is null and new.erased_at is not null) execute function forget_live_places();

grant select, insert, update on live_city to qonaq_app;
grant select, insert, update, delete on live_place to qonaq_app;
grant select, update on live_keeper to qonaq_app;
revoke execute on function forget_live_places from public;
