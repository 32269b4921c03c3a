-- The audit has no gap in its sequence, and every hash is right.
with chain as (
  select *, lag(seq, 1, 0::bigint) over line as seq_before, lag(hash, 1, sha256('qonaq'::bytea)) over line as hash_before
  from audit_event
  window line as (order by seq)
)
select 'gap in the sequence' as what, seq::text as id
from chain
where seq <> seq_before + 1
union all
select 'event is not tied to the one before', seq::text
from chain
where previous_hash <> hash_before
union all
select 'event was changed', seq::text
from chain
where hash <> audit_hash(previous_hash, seq, at, actor, action, subject)
union all
select 'events are missing at the end', audit_head.seq::text
from audit_head left join (select chain.seq, chain.hash from chain order by chain.seq desc limit 1) newest on true
where audit_head.seq <> coalesce(newest.seq, 0) or audit_head.hash <> coalesce(newest.hash, sha256('qonaq'::bytea))
