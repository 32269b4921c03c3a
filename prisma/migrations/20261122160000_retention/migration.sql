-- Thirty days after a request is over, everything that could name the guest goes, as every guest was told.

create function erase_due(p_days int, p_limit int) returns int
language plpgsql security definer set search_path = public as $$
declare
  due uuid;
  erased int := 0;
begin
  for due in
    select id from arrival
    where state in ('CLOSED', 'WITHDRAWN') and erased_at is null and closed_at < now() - make_interval(days => p_days)
    order by id limit p_limit for update skip locked loop
    update arrival set contact_kind = 'NONE', contact_sealed = null, contact_index = null, note_sealed = null,
      nickname = '—', token_hash = null, onward_plan = null, erased_at = now(), version = version + 1
    where id = due;
    perform add_audit('system', 'arrival.erased', jsonb_build_object('arrival', due));
    erased := erased + 1;
  end loop;
  return erased;
end $$;

revoke execute on function erase_due from public;
grant execute on function erase_due to qonaq_app;
