-- Tables, types and the physical rules. PostgreSQL 18 is the first with temporal keys, and with them
-- each rule of the house is one declarative line: the database refuses what must never be.

create extension if not exists btree_gist;

create type user_role as enum ('HOST', 'COORDINATOR', 'LEAD', 'ADMIN');
create type host_state as enum ('APPLIED', 'VISITED', 'VETTED', 'BLOCKED');
create type home_kind as enum ('ROOM_IN_HOME', 'FLAT', 'HOUSE', 'OFFICE', 'HALL');
create type check_kind as enum ('VISIT', 'REFERENCE', 'IN_PERSON');
create type arrival_state as enum ('OPEN', 'OFFERED', 'PLACED', 'CLOSED', 'WITHDRAWN');
create type contact_kind as enum ('NONE', 'MAIL', 'PHONE');
create type arrival_source as enum ('POSTER', 'WEB', 'DESK', 'PHONE');
create type together_kind as enum ('SAME_HOME', 'WITHIN_MINUTES', 'SAME_CITY');
create type plan_kind as enum ('SINGLE', 'RELAY', 'SEVERAL_ROOMS', 'GROUP');
create type placement_state as enum
  ('PROPOSED', 'CONFIRMED', 'ARRIVED', 'DEPARTED', 'DECLINED', 'LAPSED', 'CANCELLED', 'NOT_ARRIVED');
create type side as enum ('HOST', 'GUEST', 'COORDINATOR');
create type answer_way as enum ('LINK', 'PHONE', 'DESK');
create type extension_state as enum ('ASKED', 'AGREED', 'REFUSED');

create table city (
  id text primary key check (id ~ '^[a-z][a-z-]{1,39}$'),
  country text not null check (country in ('KZ', 'KG')),
  time_zone text not null,
  -- minutes a proposal waits: first night tonight, tomorrow, later
  clock_minutes int[] not null default '{120,720,1440}'
    check (cardinality(clock_minutes) = 3 and 5 <= all (clock_minutes) and 10080 >= all (clock_minutes))
);

create table district (
  id text primary key check (id ~ '^[a-z][a-z-]{1,59}$'),
  city_id text not null references city (id)
);

create table "user" (
  id uuid primary key default uuidv7(),
  role user_role not null,
  name text not null check (char_length(name) between 1 and 60),
  email_sealed text,
  email_index text unique,
  city_ids text[] not null default '{}',
  locale text not null default 'ru' check (locale in ('ru', 'kk', 'en')),
  disabled_at timestamptz,
  created_at timestamptz not null default now()
);

create table session (
  id uuid primary key default uuidv7(),
  -- keyed hash of the cookie's value: a copied table opens no door
  token_hash text not null unique,
  user_id uuid not null references "user" (id) on delete cascade,
  expires_at timestamptz not null,
  -- to the minute: a session of staff ends half an hour after the last request
  seen_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index session_of_user on session (user_id);

create table sign_in_code (
  id uuid primary key default uuidv7(),
  email_index text not null,
  code_hash text not null,
  expires_at timestamptz not null,
  attempts int not null default 0 check (attempts between 0 and 5),
  -- ten characters instead of six digits, where somebody asks or guesses too often (docs/adr/0016)
  guarded boolean not null default false,
  mailed boolean not null default true,
  used_at timestamptz,
  -- the form that spent it: pressed twice it signs in twice
  used_key text,
  created_at timestamptz not null default now()
);
create index sign_in_code_email on sign_in_code (email_index, created_at desc);

create table host (
  id uuid primary key default uuidv7(),
  user_id uuid not null unique references "user" (id),
  state host_state not null default 'APPLIED',
  -- a flag beside the state: a pause ends and the state is what it was (docs/adr/0008)
  paused boolean not null default false,
  first_name_sealed text,
  contact_sealed text,
  contact_index text,
  -- the host allows confirmed guests to see the contact
  contact_shown boolean not null default false,
  -- the first day the checks no longer suffice
  vetted_until date,
  languages text[] not null default '{}',
  children_welcome boolean not null default true,
  animals_welcome boolean not null default false,
  animals_here boolean not null default false,
  children_here boolean not null default false,
  smoking boolean not null default false,
  women_only_household boolean not null default false,
  women_only_guests boolean not null default false,
  rest_nights int not null default 0 check (rest_nights between 0 and 30),
  shortest_nights int not null default 1 check (shortest_nights between 1 and 366),
  longest_nights int not null default 366 check (longest_nights between 1 and 366),
  stays_in_row_limit int check (stays_in_row_limit between 1 and 100),
  asked_count int not null default 0,
  answered_count int not null default 0,
  confirmed_at timestamptz not null default now(),
  rules_version text,
  rules_accepted_at timestamptz,
  legal_version text,
  legal_accepted_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  check (shortest_nights <= longest_nights),
  constraint host_women_only check (not women_only_guests or women_only_household),
  constraint host_vetted_until check (state <> 'VETTED' or vetted_until is not null)
);

create table home (
  id uuid primary key default uuidv7(),
  host_id uuid not null references host (id),
  city_id text not null references city (id),
  district_id text references district (id),
  kind home_kind not null,
  step_free boolean not null default false,
  own_entrance boolean not null default false,
  notice_hours int not null default 0 check (notice_hours between 0 and 336),
  house_rules text check (char_length(house_rules) <= 5000),
  address_sealed text,
  address_index text,
  entrance_sealed text,
  -- nobody has seen the place at this address yet: nobody is sent there
  to_visit boolean not null default false,
  version int not null default 1,
  created_at timestamptz not null default now()
);
create index home_host on home (host_id);
create index home_city on home (city_id);

create table room (
  id uuid primary key default uuidv7(),
  home_id uuid not null references home (id),
  name text not null check (char_length(name) between 1 and 600),
  sleeps int not null check (sleeps between 1 and 50),
  shared_hall boolean not null default false,
  private_bath boolean not null default false,
  quiet boolean not null default false,
  in_service boolean not null default true,
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique (id, sleeps)
);
create index room_home on room (home_id);

create table opening (
  room_id uuid not null references room (id),
  from_date date not null,
  until_date date not null,
  during daterange generated always as (daterange(from_date, until_date)) stored,
  primary key (room_id, during without overlaps),
  constraint opening_bounded check (
    from_date >= date '2000-01-01' and until_date <= date '2100-01-01'
    and until_date > from_date and until_date - from_date <= 732)
);

create table vetting_check (
  id uuid primary key default uuidv7(),
  host_id uuid not null references host (id),
  kind check_kind not null,
  by_user_id uuid not null references "user" (id),
  done_on date not null,
  expires_on date not null,
  note_sealed text,
  created_at timestamptz not null default now(),
  check (expires_on > done_on)
);
create index vetting_check_host on vetting_check (host_id);

create table arrival_group (
  id uuid primary key default uuidv7(),
  organiser_arrival_id uuid not null,
  together together_kind not null,
  created_at timestamptz not null default now()
);

create table arrival (
  id uuid primary key default uuidv7(),
  code text not null unique check (code ~ '^[0-9A-Z]{2}-[0-9A-Z]{3}$'),
  token_hash text unique,
  nickname text not null check (char_length(nickname) between 1 and 400),
  city_ids text[] not null check (cardinality(city_ids) between 1 and 10),
  district_id text references district (id),
  from_date date not null,
  until_date date not null,
  flexible_nights int not null default 0 check (flexible_nights between 0 and 14),
  adults int not null,
  children_ages int[] not null default '{}',
  animals boolean not null default false,
  step_free boolean not null default false,
  quiet_wished boolean not null default false,
  private_bath_wished boolean not null default false,
  own_entrance_wished boolean not null default false,
  women_only boolean not null default false,
  woman_alone boolean not null default false,
  all_women boolean not null default false,
  languages text[] not null default '{}',
  unsafe_to_return boolean not null default false,
  unwell boolean not null default false,
  onward_plan text check (char_length(onward_plan) <= 200),
  growth_persons int check (growth_persons between 1 and 20),
  growth_from date,
  growth_keep_until date,
  source arrival_source not null default 'WEB',
  assigned_user_id uuid references "user" (id),
  group_id uuid references arrival_group (id),
  state arrival_state not null default 'OPEN',
  broken_placement boolean not null default false,
  -- nights still needed beside a place, where it has none: after a stay that cannot be lengthened, or before a later one
  -- when an earlier broke; without their first day, from the last live morning
  onward_from date,
  onward_until date,
  contact_kind contact_kind not null default 'NONE',
  contact_sealed text,
  contact_index text,
  note_sealed text,
  locale text not null default 'ru' check (locale in ('ru', 'kk', 'en')),
  legal_version text,
  waiting_since timestamptz not null default now(),
  looked_at timestamptz,
  closed_at timestamptz,
  erased_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null default now(),
  constraint arrival_party check (adults between 1 and 50 and adults + cardinality(children_ages) <= 50),
  constraint arrival_children check (0 <= all (children_ages) and 17 >= all (children_ages)),
  constraint arrival_nights check (
    from_date >= date '2000-01-01' and until_date <= date '2100-01-01'
    and until_date > from_date and until_date - from_date <= 366),
  -- what is asked of all women alone is asked of her
  constraint arrival_woman_alone check (not woman_alone or all_women),
  constraint arrival_onward check (onward_from is null or onward_until is not null),
  constraint arrival_growth check (
    (growth_persons is null) = (growth_from is null) and (growth_from is null) = (growth_keep_until is null)),
  constraint arrival_contact check ((contact_kind = 'NONE') = (contact_sealed is null) or erased_at is not null)
);
create index arrival_queue on arrival (state, waiting_since);
create index arrival_group_members on arrival (group_id) where group_id is not null;
alter table arrival_group add foreign key (organiser_arrival_id) references arrival (id);

create table plan (
  id uuid primary key default uuidv7(),
  arrival_id uuid references arrival (id),
  group_id uuid references arrival_group (id),
  kind plan_kind not null,
  proposed_by uuid not null references "user" (id),
  deadline timestamptz not null,
  -- when those who are silent are to be reminded; null once they were
  remind_at timestamptz,
  created_at timestamptz not null default now(),
  check (num_nonnulls(arrival_id, group_id) = 1),
  constraint plan_of_group check ((kind = 'GROUP') = (group_id is not null))
);
create index plan_arrival on plan (arrival_id);
create index plan_to_remind on plan (remind_at) where remind_at is not null;

create table placement (
  id uuid primary key default uuidv7(),
  plan_id uuid not null references plan (id),
  arrival_id uuid not null references arrival (id),
  room_id uuid not null references room (id),
  home_id uuid not null references home (id),
  host_id uuid not null references host (id),
  from_date date not null,
  until_date date not null,
  adults int not null,
  children_ages int[] not null default '{}',
  guests int generated always as (adults + cardinality(children_ages)) stored,
  state placement_state not null default 'PROPOSED',
  needs_second boolean not null,
  version int not null default 1,
  reasons jsonb not null,
  arrived_on date,
  departed_on date,
  ended_side side,
  ended_reason text check (ended_reason ~ '^[A-Z_]{2,40}$'),
  ended_to text check (ended_to ~ '^[A-Z_]{2,40}$'),
  -- it was said, then or later, that the party needs nothing more for what is over
  need_over boolean not null default false,
  created_at timestamptz not null default now(),
  confirmed_at timestamptz,
  constraint placement_party check (adults >= 1 and adults + cardinality(children_ages) <= 50),
  constraint placement_nights check (until_date > from_date and until_date - from_date <= 366)
);
create index placement_plan on placement (plan_id);
create index placement_arrival on placement (arrival_id);
create index placement_host on placement (host_id, state);
create index placement_room on placement (room_id);
create index placement_live on placement (state) where state in ('PROPOSED', 'CONFIRMED', 'ARRIVED');

create table hold (
  placement_id uuid constraint hold_pkey primary key references placement (id),
  plan_id uuid not null,
  arrival_id uuid not null,
  room_id uuid not null,
  sleeps int not null,
  guests int not null check (guests >= 1),
  from_date date not null,
  until_date date not null,
  -- the nights that came later: from which one on, when and by whom; for whoever asks who was faster
  stretched_from date,
  stretched_at timestamptz,
  stretched_by text,
  during daterange generated always as (daterange(from_date, until_date)) stored,
  constraint hold_bounded check (until_date > from_date and until_date - from_date <= 366),
  -- never more people than beds, also when the host lowers the beds afterwards
  constraint hold_beds_of_room foreign key (room_id, sleeps) references room (id, sleeps) on update cascade,
  constraint hold_fits_beds check (guests <= sleeps),
  -- never outside what the host offered, also when the host shortens an opening afterwards
  constraint hold_inside_opening
    foreign key (room_id, period during) references opening (room_id, period during),
  -- a night in a room is promised once
  constraint hold_room_free exclude using gist (room_id with =, during with &&),
  -- an arrival is never promised two plans for the same night (one plan may use several rooms)
  constraint hold_arrival_once exclude using gist (arrival_id with =, plan_id with <>, during with &&)
);

create index hold_arrival on hold (arrival_id);

create table placement_event (
  placement_id uuid not null references placement (id),
  version int not null check (version >= 1),
  from_state placement_state,
  to_state placement_state not null,
  actor text not null,
  reason text,
  at timestamptz not null default now(),
  primary key (placement_id, version)
);

-- the one transition table: functions move only along it, and a test compares it with the words on screen
create table legal_move (
  from_state placement_state,
  to_state placement_state not null,
  unique nulls not distinct (from_state, to_state)
);
insert into legal_move values
  (null, 'PROPOSED'),
  ('PROPOSED', 'CONFIRMED'), ('PROPOSED', 'DECLINED'), ('PROPOSED', 'LAPSED'), ('PROPOSED', 'CANCELLED'),
  ('CONFIRMED', 'ARRIVED'), ('CONFIRMED', 'CANCELLED'), ('CONFIRMED', 'NOT_ARRIVED'), ('CONFIRMED', 'CONFIRMED'),
  ('ARRIVED', 'DEPARTED'), ('ARRIVED', 'ARRIVED');

create table yes (
  placement_id uuid not null references placement (id),
  side side not null,
  by_user_id uuid references "user" (id),
  way answer_way not null,
  at timestamptz not null default now(),
  constraint yes_once primary key (placement_id, side)
);

create table approval (
  placement_id uuid not null references placement (id),
  approver_id uuid not null references "user" (id),
  at timestamptz not null default now(),
  constraint approval_once primary key (placement_id, approver_id)
);

create table refusal (
  id uuid primary key default uuidv7(),
  arrival_id uuid not null references arrival (id),
  home_id uuid not null references home (id),
  side side not null,
  reason text not null check (reason ~ '^[A-Z_]{2,40}$'),
  until_date date not null,
  at timestamptz not null default now()
);
create index refusal_pair on refusal (arrival_id, home_id);

create table extension (
  id uuid primary key default uuidv7(),
  placement_id uuid not null references placement (id),
  until_date date not null,
  state extension_state not null default 'ASKED',
  asked_at timestamptz not null default now(),
  answered_at timestamptz,
  -- how the host's answer came, and who wrote it down; null where nobody answered
  answered_way answer_way,
  answered_by uuid references "user" (id)
);
create unique index extension_one_open on extension (placement_id) where state = 'ASKED';

create table check_in (
  id uuid primary key default uuidv7(),
  placement_id uuid not null references placement (id),
  side side not null,
  due_at timestamptz not null,
  answered_at timestamptz,
  note_sealed text
);

create table incident (
  id uuid primary key default uuidv7(),
  placement_id uuid references placement (id),
  home_id uuid references home (id),
  text_sealed text,
  created_at timestamptz not null default now(),
  closed_at timestamptz
);

create table block (
  id uuid primary key default uuidv7(),
  host_id uuid not null references host (id),
  arrival_id uuid not null references arrival (id),
  by_user_id uuid references "user" (id),
  created_at timestamptz not null default now(),
  constraint block_once unique (host_id, arrival_id)
);

create table reveal (
  id uuid primary key default uuidv7(),
  -- of a confirmed stay, or of a host whom a coordinator visits
  placement_id uuid references placement (id),
  host_id uuid references host (id),
  to_side side not null,
  user_id uuid references "user" (id),
  field text not null check (field in ('ADDRESS', 'GUEST_CONTACT', 'HOST_CONTACT')),
  at timestamptz not null default now(),
  constraint reveal_of_one check (num_nonnulls(placement_id, host_id) = 1)
);
create index reveal_placement on reveal (placement_id);
create index reveal_host on reveal (host_id);

create table message (
  id uuid primary key default uuidv7(),
  kind text not null check (kind ~ '^[A-Z_]{2,40}$'),
  to_side side not null,
  placement_id uuid references placement (id),
  arrival_id uuid references arrival (id),
  host_id uuid references host (id),
  attempts int not null default 0,
  created_at timestamptz not null default now(),
  -- when the worker took it into its queue
  queued_at timestamptz,
  delivered_at timestamptz,
  dead_at timestamptz,
  error_code text
);
create index message_placement on message (placement_id);
-- nobody is reminded twice of one question
create unique index message_reminder on message (placement_id, kind) where kind in ('REMIND_HOST', 'REMIND_GUEST');
create index message_undelivered on message (created_at) where delivered_at is null and dead_at is null;
create index message_unqueued on message (created_at) where queued_at is null and delivered_at is null;

-- What happened, written in the transaction of the change. Numbers are drawn under the locks of the change, so that of two
-- changes of one thing the later has the higher; a change that was taken back leaves its number out.
create table audit_event (
  seq bigserial primary key,
  at timestamptz not null,
  actor text not null,
  action text not null check (action ~ '^[a-z]+\.[a-z-]+$'),
  subject jsonb not null,
  -- the transaction it was written in, for whoever looks for what was committed since
  xid bigint not null default pg_current_xact_id()::text::bigint
);
create index audit_event_xid on audit_event (xid);

-- The events in a chain without a gap, each with the hash of all before it; made a moment later (docs/adr/0023).
create table audit_link (
  place bigint primary key,
  seq bigint not null unique references audit_event (seq),
  previous_hash bytea not null,
  hash bytea not null
);

create table audit_head (
  only_row boolean primary key default true check (only_row),
  place bigint not null,
  hash bytea not null,
  -- every transaction before this one is over, and what it wrote stands in the chain
  horizon bigint not null
);
insert into audit_head values (true, 0, sha256('qonaq'::bytea), 0);

-- Open while every statement about the truth of the data holds (docs/adr/0019). Closed, nobody is promised a new place;
-- saying no, leaving, arriving, staying longer and reading go on.
create table approval_gate (
  only_row boolean primary key default true check (only_row),
  stopped_since timestamptz,
  reasons text[] not null default '{}',
  constraint approval_gate_reasons check ((stopped_since is null) = (cardinality(reasons) = 0))
);
insert into approval_gate values (true, null, '{}');

create function approvals_open() returns boolean language sql stable as $$
  select stopped_since is null from approval_gate
$$;

create table idempotency_key (
  actor text not null,
  key text not null check (char_length(key) between 16 and 64),
  operation text not null,
  request_hash text not null,
  answer jsonb,
  at timestamptz not null default now(),
  primary key (actor, key)
);
create index idempotency_key_age on idempotency_key (at);

-- derived: openings minus holds as maximal runs; kept by triggers so that no path forgets
create table free_run (
  room_id uuid not null references room (id),
  from_date date not null,
  until_date date not null,
  city_id text not null,
  sleeps int not null,
  primary key (room_id, from_date)
);
create index free_run_search on free_run (city_id, sleeps, until_date) include (from_date, room_id);
