-- What the application may do. It connects as the database's owner and steps down with `role=qonaq_app`:
-- placements and their kin are written by the functions above and by nothing else, the audit chain only grows.

do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'qonaq_app') then
    create role qonaq_app nologin;
  end if;
exception when duplicate_object or unique_violation then null;
end $$;

do $$ begin
  execute format('grant qonaq_app to %I', current_user);
end $$;

grant usage on schema public to qonaq_app;
grant select on all tables in schema public to qonaq_app;
grant insert, update, delete on "user", session, sign_in_code, host, home, room, opening, vetting_check, arrival_group,
  check_in, incident, block to qonaq_app;
grant insert, update on arrival, message to qonaq_app;
grant insert, update on city, district to qonaq_app;
-- legal moves, plans, placements, holds, yeses, refusals, reveals, events, audit, keys and free runs: read only
revoke execute on all functions in schema public from public;
grant execute on all functions in schema public to qonaq_app;
-- the inner steps are for the functions alone
revoke execute on function move_placement, settle_arrival, settle_parties, write_plans, lock_legs, decide_proposals, begin_each, end_each, tell_guests, confirm_when_complete, end_one, stretch_one, extend_plan, lock_stay,
  lock_placements, needs_onward, count_question, tell_hosts, tell_confirmed, post_message, rebuild_free_runs from qonaq_app;

-- A transition touches few rows of large tables, by the same steps each time. A plan that was made while a table was small
-- would read it whole for as long as its connection lives, so they always go by the index; and planning them anew for each
-- call costs more than the call.
do $$
declare transition regprocedure;
begin
  for transition in select oid from pg_proc
    where pronamespace = 'public'::regnamespace and prosecdef and prolang = (select oid from pg_language where lanname = 'plpgsql') loop
    execute format('alter function %s set enable_seqscan = off set plan_cache_mode = force_generic_plan', transition);
  end loop;
end $$;
-- thousands of legs against each other: not one by one
alter function rivals_within set enable_nestloop = off;
