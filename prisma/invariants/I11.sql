-- The audit has no gap in its sequence, and every hash is right.
with chain as (
  select seq, seq <> lag(seq, 1, 0::bigint) over line + 1 as follows_a_gap,
    previous_hash <> lag(hash, 1, sha256('qonaq'::bytea)) over line as is_loose,
    hash <> audit_hash(previous_hash, seq, at, actor, action, subject) as was_changed
  from audit_event
  window line as (order by seq)
)
select 'gap in the sequence' as what, seq::text as id
from chain
where follows_a_gap
union all
select 'event is not tied to the one before', seq::text
from chain
where is_loose
union all
select 'event was changed', seq::text
from chain
where was_changed
union all
select 'events are missing at the end', audit_head.seq::text
from audit_head left join (select seq, hash from audit_event order by seq desc limit 1) newest on true
where audit_head.seq <> coalesce(newest.seq, 0) or audit_head.hash <> coalesce(newest.hash, sha256('qonaq'::bytea))
