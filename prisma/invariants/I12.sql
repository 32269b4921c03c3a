-- On the day a guest was told everything that could name them goes, whatever became of the request, and what was erased
-- holds numbers only; every sealed value has the sealed format and, where the key ring is told, a known key.
with sealed (column_name, id, value) as (
  select 'user.email_sealed', id, email_sealed from "user"
  union all select 'host.first_name_sealed', id, first_name_sealed from host
  union all select 'host.contact_sealed', id, contact_sealed from host
  union all select 'home.address_sealed', id, address_sealed from home
  union all select 'home.entrance_sealed', id, entrance_sealed from home
  union all select 'vetting_check.note_sealed', id, note_sealed from vetting_check
  union all select 'arrival.contact_sealed', id, contact_sealed from arrival
  union all select 'arrival.note_sealed', id, note_sealed from arrival
  union all select 'check_in.note_sealed', id, note_sealed from check_in
  union all select 'incident.text_sealed', id, text_sealed from incident
),
known as (
  select string_to_array(nullif(current_setting('qonaq.seal_keys', true), ''), ',') as keys
),
-- part by part: one pattern for the whole value takes three times as long
looked_at as (
  select column_name, id, value not like 'v1.aesgcm256.________.________________.______________________%'
    or substr(value, 14, 8) ~ '[^0-9a-f]'
    or substr(value, 23, 16) || substr(value, 40) !~ '^[A-Za-z0-9_-]+={0,2}$' as is_open,
    substr(value, 14, 8) <> all (known.keys) as is_foreign
  from sealed cross join known where value is not null
),
telling_stay as (
  select distinct arrival_id from placement join arrival on arrival.id = placement.arrival_id
  where arrival.erased_at is not null and (placement.reasons <> '{}' or not 0 = all (placement.children_ages))
)
select 'kept longer than promised' as what, id::text
from arrival
where erased_at is null
  -- no day comes before these; asking each request for its day would take longer than all the rest
  and (closed_at < now() - interval '29 days' or until_date <= current_date - 29)
  -- a proposal may run on that day, for one day more
  and erase_day(id) + 2 < city_today(city_ids[1])
union all
select 'erased and still telling', id::text
from arrival
where erased_at is not null and not (nickname = '—' and 0 = all (children_ages) and languages = '{}' and code ~ '^[ILOU]'
  and num_nonnulls(token_hash, contact_sealed, contact_index, note_sealed, onward_plan, district_id, growth_persons) = 0
  and not (unsafe_to_return or unwell or woman_alone or women_only or all_women or animals or step_free)
  and id not in (select arrival_id from telling_stay))
union all
select column_name || case when is_open then ' is not sealed' else ' has a key nobody knows' end, id::text
from looked_at
where is_open or is_foreign
