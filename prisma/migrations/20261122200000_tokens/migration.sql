-- Tokens by which other programs speak for somebody (docs/adr/0020). Kept is a keyed hash; role and towns are the most a
-- token may ever do, and its user's own are asked at every use.

create table api_token (
  id uuid primary key default uuidv7(),
  user_id uuid not null references "user" (id),
  token_hash text not null unique,
  -- what it is for, in the words of whoever made it
  name text not null check (char_length(name) between 1 and 60),
  role user_role not null,
  city_ids text[] not null default '{}',
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  -- to the day: enough to find a token nobody uses, too little to follow somebody by
  last_used_on date,
  constraint api_token_ends check (expires_at > created_at)
);
create index api_token_of_user on api_token (user_id);

-- a token is ended, never deleted: the audit names it
grant select, insert, update on api_token to qonaq_app;
