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
)
select 'kept longer than promised' as what, id::text
from arrival
  -- a proposal may run on that day, for one day more
where erased_at is null and erase_day(id) + 2 < city_today(city_ids[1])
union all
select 'erased and still telling', id::text
from arrival
where erased_at is not null and not (nickname = '—' and 0 = all (children_ages) and languages = '{}' and code ~ '^[ILOU]'
  and num_nonnulls(token_hash, contact_sealed, contact_index, note_sealed, onward_plan, district_id, growth_persons) = 0
  and not (unsafe_to_return or unwell or woman_alone or women_only or all_women or animals or step_free)
  and not exists (select 1 from placement where arrival_id = arrival.id and (reasons <> '{}' or not 0 = all (children_ages))))
union all
select column_name || ' is not sealed', id::text
from sealed
where value !~ '^v1\.aesgcm256\.[0-9a-f]{8}\.[A-Za-z0-9_-]{16}\.[A-Za-z0-9_-]{22,}={0,2}$'
union all
select column_name || ' has a key nobody knows', id::text
from sealed
where value ~ '^v1\.aesgcm256\.[0-9a-f]{8}\.'
  and nullif(current_setting('qonaq.seal_keys', true), '') is not null
  and split_part(value, '.', 3) <> all (string_to_array(current_setting('qonaq.seal_keys', true), ','))
