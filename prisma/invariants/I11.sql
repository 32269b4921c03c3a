-- Every event of the audit stands in its chain within minutes, the chain has no gap, and every hash is right.
with chain as (
  select place, place <> lag(place, 1, 0::bigint) over line + 1 as follows_a_gap,
    previous_hash <> lag(hash, 1, sha256('qonaq'::bytea)) over line as is_loose
  from audit_link
  window line as (order by place)
),
-- apart from the walk along the chain, which would carry all texts with it
linked as (
  select event.seq, link.place, link.place is null and event.at < now() - interval '5 minutes' as is_outside,
    event.seq is null or link.hash <> audit_hash(link.previous_hash, link.place, event.at, event.actor, event.action, event.subject) as was_changed
  from audit_link link full join audit_event event on event.seq = link.seq
)
select 'gap in the sequence' as what, place::text as id
from chain
where follows_a_gap
union all
select 'event is not tied to the one before', place::text
from chain
where is_loose
union all
select 'event was changed', place::text
from linked
where was_changed
union all
select 'event outside the chain', seq::text
from linked
where is_outside
union all
select 'events are missing at the end', audit_head.place::text
from audit_head left join (select place, hash from audit_link order by place desc limit 1) newest on true
where audit_head.place <> coalesce(newest.place, 0) or audit_head.hash <> coalesce(newest.hash, sha256('qonaq'::bytea))
