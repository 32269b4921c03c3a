import type { Client } from 'pg'

/** How far a stay has come before two people meet over it. */
export type Before = 'FREE' | 'PROPOSED' | 'CONFIRMED' | 'ARRIVED'

/** A yes that is not given yet on the stage, because one of the two is about to give it. */
export type Missing = 'HOST' | 'GUEST' | 'SECOND'

export interface Setting {
  before: Before
  missing: readonly Missing[]
  /** The guest has asked to stay longer and waits for the host. */
  asked: boolean
  /** The day has come on which the host's vetting ends. */
  isOver: boolean
}

/**
 * One home with a room, a guest who may have it, rivals, staff: fresh rows. Where there is a stay its first
 * night was yesterday, so that guests may be noted as come, or as not come.
 */
export interface Stage {
  city: string
  today: string
  staff: [string, string]
  leads: [string, string]
  hostUser: string
  host: string
  home: string
  room: string
  /** The home of somebody else. */
  other: { hostUser: string; host: string; home: string; room: string }
  guest: string
  rivals: [string, string]
  plan: string | null
  stay: string | null
  /** The guests have come. */
  isThere: boolean
}

/** Makes a stage in one round trip. */
export const MAKE_STAGE = `
create function pg_temp.make_home(p_city text, p_days int) returns jsonb language plpgsql as $$
declare
  new_user uuid; new_host uuid; new_home uuid; new_room uuid;
begin
  insert into "user" (role, name) values ('HOST', 'Dana') returning id into new_user;
  insert into host (user_id, state, vetted_until) values (new_user, 'VETTED', city_today(p_city) + p_days) returning id into new_host;
  insert into home (host_id, city_id, kind, address_sealed, address_index)
  values (new_host, p_city, 'FLAT', 'v1.aesgcm256.0123abcd.AAAAAAAAAAAAAAAA.BBBBBBBBBBBBBBBBBBBBBBBB', 'old') returning id into new_home;
  insert into room (home_id, name, sleeps) values (new_home, 'room', 2) returning id into new_room;
  insert into opening (room_id, from_date, until_date) values (new_room, city_today(p_city) - 1, city_today(p_city) + 30);
  return jsonb_build_object('hostUser', new_user, 'host', new_host, 'home', new_home, 'room', new_room);
end $$;

create function pg_temp.make_guest(p_city text, p_number int) returns uuid language sql as $$
  insert into arrival (code, nickname, city_ids, from_date, until_date, adults)
  select substr(text, 1, 2) || '-' || substr(text, 3, 3), 'guest', array[p_city], city_today(p_city), city_today(p_city) + 20, 2
  from (select upper(lpad(to_hex(p_number), 5, '0')) as text) counted returning id
$$;

create function pg_temp.agree(p_stage jsonb, p_missing text[]) returns void language plpgsql as $$
declare stay uuid := (p_stage ->> 'stay')::uuid;
begin
  if 'HOST' <> all (p_missing) then perform say_yes('test', uuidv4()::text, 'h', stay, 'HOST', null, 'LINK'); end if;
  if 'GUEST' <> all (p_missing) then perform say_yes('test', uuidv4()::text, 'h', stay, 'GUEST', null, 'LINK'); end if;
  if 'SECOND' <> all (p_missing) then perform second_yes((p_stage -> 'leads' ->> 1)::uuid, uuidv4()::text, 'h', array(select id from city), stay); end if;
end $$;

create function pg_temp.make_stage(p_number int, p_before text, p_missing text[], p_asked boolean, p_over boolean) returns jsonb language plpgsql as $$
declare
  stage jsonb;
  made jsonb;
  people uuid[];
  p_city text := 'almaty';
begin
  with made as (insert into "user" (role, name, city_ids) select role::user_role, role || number, array[p_city]
    from unnest(array['COORDINATOR', 'COORDINATOR', 'LEAD', 'LEAD', 'LEAD']) with ordinality given (role, number) returning id)
  select array_agg(id order by id) into people from made;
  stage := pg_temp.make_home(p_city, 300) || jsonb_build_object('city', p_city, 'other', pg_temp.make_home(p_city, 300),
    'staff', to_jsonb(people[1:2]), 'leads', to_jsonb(people[3:5]), 'guest', pg_temp.make_guest(p_city, 3 * p_number),
    'rivals', jsonb_build_array(pg_temp.make_guest(p_city, 3 * p_number + 1), pg_temp.make_guest(p_city, 3 * p_number + 2)), 'plan', null, 'stay', null,
    'isThere', p_before = 'ARRIVED');
  if p_before <> 'FREE' then
    made := propose_plan(people[1], uuidv4()::text, 'h', array[p_city], (stage ->> 'guest')::uuid, 'SINGLE', jsonb_build_array(jsonb_build_object(
      'roomId', stage ->> 'room', 'from', city_today(p_city), 'until', city_today(p_city) + 4, 'adults', 2, 'childrenAges', '[]'::jsonb, 'reasons', '{}'::jsonb)));
    stage := stage || jsonb_build_object('plan', made ->> 'planId', 'stay', made -> 'placementIds' ->> 0);
    perform pg_temp.agree(stage, p_missing);
  end if;
  if p_before = 'ARRIVED' then perform record_arrived('test', uuidv4()::text, 'h', (stage ->> 'stay')::uuid); end if;
  if p_asked then perform ask_extension('test', uuidv4()::text, 'h', (stage ->> 'stay')::uuid, city_today(p_city) + 7); end if;
  if p_over then update host set vetted_until = city_today(p_city) where id = (stage ->> 'host')::uuid; end if;
  -- it was proposed yesterday, and the first night is over
  update hold set from_date = from_date - 1 where placement_id = (stage ->> 'stay')::uuid;
  update placement set from_date = from_date - 1 where id = (stage ->> 'stay')::uuid;
  return stage || jsonb_build_object('today', city_today(p_city)::text);
end $$;`

/** A new stage, committed. @param number another one for each stage of a database: spoken codes are made of it. */
export async function makeStage(client: Client, number: number, { before, missing, asked, isOver }: Setting): Promise<Stage> {
  const { rows: [row] } = await client.query<{ stage: Stage }>({
    name: 'make-stage', text: 'select pg_temp.make_stage($1, $2, $3, $4, $5) as stage', values: [number, before, missing, asked, isOver],
  })
  if (row === undefined) throw new Error('no stage')
  return row.stage
}
