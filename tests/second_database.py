"""Which database a test is asked on: PostgreSQL, as operation has it, is asked what a database can answer otherwise.

That is: constraints, triggers and locks; what two people do at once and what one transaction leaves; order, search and
upper case; numbers, dates, JSON and lengths of columns, and what is no value for them; statements that are prepared or
written by hand; and one walk through the pages, lists, filters and forms of all kinds. What a page says, what a form
reads and what Python decides is told on SQLite. Each test runs once, but for those of ``BOTH``: where the code itself
asks which database it has, and the few that show that the portal lives on SQLite too.

A test stays on SQLite by the mark ``once``, as one kind of many (tests/kinds.py), or because its module stands below
without it. Modules that are not named here, new ones therefore too, go to PostgreSQL with all their tests that touch
the database. With ``--long`` both are asked everything.
"""

from typing import Any

# Module: those of its tests that PostgreSQL is asked, each without „test_“.
ASKED: dict[str, str] = {
    # ------------------------------------------------ who may come in: sessions, times, attempts
    "accounts/test_access_matrix.py": "every_kind_answers_as_the_table_says other_addresses_answer_as_the_table_says",
    "accounts/test_activity.py": "what_happened_is_found_by_person_place_kind_deed_and_day"
    " who_left_a_year_ago_waits_for_the_administration_and_is_forgotten",
    "accounts/test_administration.py": "people_and_municipalities_stand_in_german_order"
    " the_same_role_is_not_entered_twice two_administrators_who_disable_each_other_at_once_are_not_both_gone",
    "accounts/test_guessing.py": "waiting_grows_says_until_when_and_ends_by_itself twenty_attempts_at_once_are_twenty"
    " what_was_counted_names_nobody_and_is_forgotten",
    "accounts/test_invitations.py": "a_link_ends_by_renewing_withdrawing_disabling_and_time"
    " of_two_sendings_at_once_one_sets_the_password",
    "accounts/test_login.py": "the_right_password_lets_in the_administration_ends_the_sessions_of_whom_it_disables",
    "accounts/test_passwords.py": "",
    "accounts/test_session_end.py": "broken_texts_are_carried nonsense_never_leads_to_an_error_page",
    # ------------------------------------------------ records: what is stored, found, ordered and refused
    "records/test_agreement.py": "two_cycles_share_years_only_where_one_carries_the_other_on"
    " marked_rows_and_tables_ask_too the_check_finds_what_is_stored the_domain_refuses_without_a_form",
    "records/test_amounts.py": "a_column_of_cents_is_exact_in_the_database",
    "records/test_bad_input.py": "bad_values_are_refused_next_to_their_field_and_kept"
    " values_beyond_every_size_are_refused_next_to_their_field_and_kept"
    " further_bad_values_are_refused_next_to_their_field_and_kept texts_may_be_as_long_as_their_limit"
    " broken_encodings_do_not_break_the_form a_kept_draft_of_broken_text_can_be_opened",
    "records/test_batches.py": "an_action_is_offered_for_undoing_and_undone every_field_comes_back_as_it_was"
    " what_somebody_changed_or_used_since_stays_and_is_named nothing_is_stored_when_one_record_fails",
    "records/test_bulk.py": "a_choice_is_set_for_marked_rows_only_with_one_version_each an_action_on_many_is_undone"
    " links_are_added_replaced_and_taken_away rows_that_others_changed_are_named_and_nothing_is_stored"
    " what_cannot_be_done_gets_a_sentence_in_the_bar",
    "records/test_canary.py": "the_walk_is_wide_and_finds_own_words",
    "records/test_conflict.py": "the_stored_version_can_be_taken_in_every_field a_third_version_is_not_overwritten",
    "records/test_drafts.py": "a_draft_is_kept_shown_again_and_gone_after_saving a_draft_holds_a_megabyte"
    " nonsense_is_kept_or_refused_but_breaks_nothing a_person_has_fifty_drafts_and_the_oldest_go",
    "records/test_duplicate.py": "unknown_and_foreign_records_are_not_copied",
    "records/test_export.py": "exports_hold_every_field_in_exchange_form exports_follow_search_and_filter",
    "records/test_fuzz.py": "queries_never_lead_to_an_error_page forms_never_lead_to_an_error_page",
    "records/test_grid.py": "six_members_are_entered_on_one_page two_criteria_with_two_years_are_entered_on_one_page"
    " ticked_rows_are_deleted_and_come_back a_second_sending_stores_nothing_more",
    "records/test_grid_together.py": "what_somebody_else_stored_is_shown_beside_and_not_overwritten"
    " a_row_that_is_gone_is_told_and_can_be_made_anew nonsense_stores_nothing figures_stand_by_area_across_the_years"
    " the_number_of_queries_does_not_grow_with_the_rows",
    "records/test_kept_forms.py": "",
    "records/test_mass_assignment.py": "foreign_ids_get_a_sentence_next_to_the_field",
    "records/test_numbers.py": "an_amount_is_read_as_it_is_written a_count_is_read_as_it_is_written",
    "records/test_only_in.py": "",
    "records/test_saving.py": "a_record_is_created_changed_and_deleted a_save_with_another_version_is_refused"
    " a_conflict_shows_both_versions_and_loses_nothing the_same_form_sent_twice_makes_one_record"
    " a_stale_deletion_is_refused what_others_depend_on_is_not_deleted links_made_meanwhile_stay",
    "records/test_search.py": "umlauts_and_case_do_not_matter all_words_must_occur_in_any_field every_kind_is_found"
    " title_comes_before_text_and_own_records_before_the_programme special_characters_of_like_are_letters"
    " whatever_is_asked_answers_with_a_german_page nul_is_refused_with_a_german_page pages_of_hits"
    " programme_search_finds_municipalities_one_may_see_and_catalogues",
    "records/test_table_import.py": "what_was_put_out_changes_nothing a_row_without_identifier_becomes_a_record"
    " a_changed_cell_is_seen_first_and_stored_after_confirmation what_others_changed_since_is_not_overwritten"
    " rows_that_contradict_each_other_store_nothing the_number_of_queries_does_not_grow_with_unchanged_rows",
    "records/test_titles.py": "",
    "records/test_uploads.py": "a_changed_file_keeps_the_old_one_for_the_history",
    "records/test_whole_way.py": "a_record_is_found_changed_exported_and_deleted",
    # ------------------------------------------------ planning and participation
    "participation/test_attendance.py": "all_groups_are_entered_at_once"
    " somebody_elses_number_is_not_overwritten_unseen",
    "participation/test_hints.py": "",
    "participation/test_network.py": "registrations_are_taken_in_time_and_as_long_as_there_are_seats",
    "participation/test_questions.py": "",
    "participation/test_session_catch_up.py": "all_is_stored_together_and_undone_together sent_twice_is_stored_once"
    " the_body_presets_number_phase_and_members",
    "planning/test_controlling.py": "the_next_cycle_begins_from_what_was_decided",
    "planning/test_cycle.py": "first_cycle_has_eight_phases_and_the_steps_of_the_catalogue links_lead_to_the_copies"
    " open_content_is_carried_over_and_closed_is_not steps_move_up_and_down a_cycle_is_carried_on_once"
    " a_goal_is_without_measure_only_if_nothing_below_has_one"
    " a_need_is_without_measure_only_if_none_of_its_goals_has_one",
    "planning/test_earlier_cost.py": "",
    "planning/test_guidance.py": "an_empty_list_says_how_others_begin_and_leads_there",
    # ------------------------------------------------ views over many records: their sums, filters and addresses
    "insight/test_controlling_page.py": "a_target_revised_twice_keeps_all_values_with_their_reasons"
    " a_share_is_reckoned_of_its_parts_and_only_counts_are_added"
    " what_somebody_else_stored_meanwhile_is_not_overwritten queries_do_not_grow_with_the_measures",
    "insight/test_coverage_page.py": "cells_count_and_name_offers_and_needs filters_by_region_and_priority"
    " columns_may_be_the_regions nonsense_in_the_address_is_ignored",
    "insight/test_figures_page.py": "page_of_a_figure_has_chart_table_legend_and_downloads"
    " areas_are_chosen_in_the_address figure_that_does_not_exist_is_not_found nonsense_in_the_choice_is_ignored",
    "insight/test_missing_figures.py": "what_is_missing_and_old_is_told_by_level",
    "insight/test_participation_page.py": "groups_are_counted_by_year_and_never_as_zero period_narrows_everything"
    " surveys_show_their_return_rate_but_no_small_group findings_by_region_life_phase_and_field"
    " nonsense_in_the_address_is_ignored",
    "insight/test_thread_page.py": "complete_thread_is_drawn_from_evidence_to_result nonsense_in_the_address_is_ignored"
    " a_record_of_an_older_cycle_is_shown_in_that_cycle links_in_a_circle_do_not_hang",
    "insight/test_timeline_page.py": "every_kind_with_a_date_in_its_description_stands_in_the_timeline"
    " filters_by_phase_kind_and_year content_carried_over_is_drawn_once nonsense_in_the_address_is_ignored"
    " a_resolution_is_joined_with_its_consultations_and_a_deferral_ends_with_its_follow_up",
    "overview/test_advice.py": "the_start_page_tells_what_is_new_what_comes_and_what_is_open",
    "overview/test_barriers.py": "everybody_reports_a_barrier_and_reads_what_happens_next open_reports_stand_first",
    "overview/test_deliveries.py": "everything_owed_stands_by_name_and_day_with_filters_in_the_address",
    "overview/test_exchange.py": "others_read_exactly_what_is_released_and_only_as_long",
    "overview/test_figures.py": "all_years_speak_of_one_catalogue_and_the_past_keeps_its_own",
    "overview/test_messages.py": "everybody_hears_of_what_others_did_and_reads_it_alone"
    " what_a_killed_worker_left_is_taken_up_and_a_wrong_address_is_not"
    " mail_comes_as_often_as_chosen_with_titles_alone_and_never_twice",
    "overview/test_ministry_page.py": "row_says_what_the_records_say filters_by_name_region_phase_and_need"
    " plan_shows_where_it_stands_in_its_life order_is_alphabetical_in_german_or_by_region_never_by_figures",
    "overview/test_privacy.py": "",
    "overview/test_stand_am.py": "phases_of_the_report_on_ten_dates what_happened_later_leaves_the_day_as_it_was"
    " stufe_post_and_plan_of_a_day",
    "overview/test_start_page.py": "ring_shows_states_and_counts_of_steps open_points_are_those_of_the_present_cycle"
    " what_has_passed_waits_until_it_is_done_and_what_comes_stands_by_date"
    " changes_tell_who_did_what_and_bunch_what_belongs_together",
    "overview/test_switch.py": "",
    "overview/test_waiting.py": "what_has_passed_is_never_hidden_and_a_carried_step_is_not_told_twice"
    " the_ministry_sees_who_owes_a_plan_up_to_the_next_year",
    # ------------------------------------------------ money: sums, numbers, what two people release at once
    "funding/test_application_life.py": "numbers_count_per_kommune_and_year_and_no_case_with_a_number_is_deleted"
    " what_is_checked_is_locked_with_its_parts"
    " cases_that_arrive_at_the_same_moment_get_numbers_without_a_gap",
    "funding/test_budget.py": "the_worked_example_is_right_to_the_cent a_second_planner_in_the_same_row_sees_both"
    " a_measure_counts_in_the_years_in_which_it_runs a_plan_is_resolved_by_a_second_person_and_closed_for_good"
    " a_new_year_begins_with_the_last_one_and_is_undone_in_one",
    "funding/test_case_forms.py": "the_quota_of_application_and_decision_counts_the_eligible_costs_only",
    "funding/test_case_pages.py": "nothing_is_half_stored_and_nothing_typed_is_lost"
    " the_queue_is_filtered_by_who_acts_in_a_constant_number_of_queries",
    "funding/test_comparison.py": "approved_is_the_version_in_force_and_never_the_sum",
    "funding/test_decisions.py": "amounts_of_versions_never_add_up what_was_changed_behind_the_portal_is_found"
    " what_was_cut_as_a_whole_is_found_against_an_earlier_check"
    " releases_at_the_same_moment_never_exceed_the_pot",
    "funding/test_lives_of_money.py": "releases_at_the_same_moment_never_exceed_the_grant",
    "funding/test_maxima.py": "",
    "funding/test_next_step.py": "the_page_of_a_case_asks_as_little_with_thirty_rows_as_with_one",
    "funding/test_proof_pages.py": "several_payments_go_on_together_or_not_at_all",
    "funding/test_public_form.py": "the_whole_way_without_account_cookie_and_javascript"
    " the_last_second_in_berlin_counts_and_not_the_next ten_starts_an_hour_and_two_hundred_a_day"
    " unconfirmed_applications_and_files_go_after_30_days",
    "funding/test_public_hostile.py": "hostile_posts_reach_nothing_and_break_nothing",
    "funding/test_state_grant.py": "a_change_notice_replaces_the_amount_and_is_never_added"
    " what_can_be_called_is_reckoned_and_never_exceeded"
    " two_notices_of_one_day_and_two_grants_of_one_year_are_refused",
    # ------------------------------------------------ plans: checks, life, editions
    "plans/all_plans/test_commands.py": "",
    "plans/checks/test_case_money.py": "without_cases_and_grant_nothing_is_checked_and_the_check_says_why"
    " a_pot_holds_to_the_cent the_queries_do_not_grow_with_cases",
    "plans/checks/test_controlling.py": "measures_of_the_last_year_are_spoken_about",
    "plans/checks/test_open_statements.py": "what_is_left_unsaid_is_counted_and_hinders_nothing",
    "plans/checks/test_money.py": "limits_hold_to_the_cent",
    "plans/checks/test_rules.py": "a_complete_plan_has_no_findings"
    " records_with_a_gap_are_found_and_shown_behind_the_link figures_older_than_three_years_are_found"
    " the_queries_do_not_grow_with_rows",
    "plans/life/test_four_eyes.py": "who_deleted_something_wrote_the_content_too"
    " asking_costs_the_same_whatever_is_stored",
    "plans/life/test_lead_remarks.py": "",
    "plans/life/test_public.py": "everybody_reads_the_published_plan_by_chapters"
    " the_newest_edition_is_shown_and_older_years_are_listed",
    "plans/life/test_verification_page.py": "an_unchanged_file_is_recognised odd_bytes_are_no_error_of_the_server"
    " state_and_newer_edition_are_those_of_today",
    "plans/life/test_walks.py": "",
    "plans/test_book.py": "an_empty_municipality_reads_well",
    "plans/test_quoted_figures.py": "the_plan_prints_official_own_and_unknown_numbers_up_to_its_year",
    "plans/test_builder.py": "every_record_is_in_the_document a_sum_is_exact_to_the_cent"
    " vacancies_follow_from_the_dates",
    "reporting/papers/test_finance.py": "only_what_the_year_or_a_later_one_has_is_counted",
    "reporting/papers/test_finance_years.py": "",
    "trial/test_grid.py": "rows_that_only_their_author_sees_are_typed_by_nobody_else",
    "trial/test_in_plan.py": "the_rows_stand_in_the_data_of_their_chapter_only",
    "trial/test_life.py": "a_step_is_taken_once_and_on_what_was_seen steps_are_for_ever",
    "trial/test_lock.py": "a_bulk_change_stores_nothing_at_all undoing_leaves_it_as_it_is_and_names_it"
    " nobody_else_writes_the_state",
    "trial/test_policies.py": "lists_and_counts_hold_own_notes_only"
    " a_link_to_what_is_not_seen_stays_when_somebody_else_saves",
    "trial/test_step_fields.py": "the_fields_of_a_step_are_asked_stored_noted_and_shown"
    " without_a_page_the_same_rules_hold",
    # ------------------------------------------------ exchange, operation
    "exchange/dossier/test_demo.py": "catalogue_adds_what_is_missing_and_keeps_what_was_changed",
    "exchange/dossier/test_dossier.py": "every_kind_of_record_comes_back_with_the_same_bytes"
    " import_never_changes_what_is_there records_that_refer_to_one_another_in_a_circle_are_refused"
    " commands_write_read_and_refuse",
    "exchange/test_calendar.py": "what_has_a_day_stands_in_the_calendar_of_those_whom_it_concerns"
    " a_time_of_day_is_the_one_of_berlin_whatever_the_season",
    "exchange/test_import_ffcsv.py": "real_files_have_their_counts_and_change_nothing_the_second_time"
    " a_correction_keeps_the_former_value",
    "exchange/test_living.py": "",
    "exchange/test_seed_load.py": "every_row_is_valid_and_has_its_history_row",
    "exchange/test_statistics_joined.py": "a_kennzahl_has_one_value_for_an_area_and_a_day",
    "exchange/test_statistics_page.py": "the_ministry_sees_what_comes_and_then_takes_it_over"
    " a_large_file_is_checked_and_stored_in_the_background a_file_is_taken_back_the_later_one_first",
    "lsz_portal/test_design_page.py": "",
}

# Module: those of its tests that are asked of both.
BOTH: dict[str, str] = {
    # The code asks which database it has: triggers, dates that are reckoned there, faults and their sentences, backup.
    "accounts/test_versions.py": "the_database_refuses_closed_roles_that_overlap",
    "architecture/test_schema.py": "migrations_make_what_the_models_say",
    "architecture/test_test_database.py": "history_is_guarded_and_gone_with_the_next_test",
    "funding/test_open_money.py": "the_database_reckons_as_the_page_does"
    " two_months_from_the_last_of_december_end_in_february_and_the_own_rule_goes_before",
    "lsz_portal/test_backup.py": "a_backup_under_writes_is_restored_elsewhere_whole_and_verified"
    " every_damage_of_an_archive_is_found counting_and_copying_are_the_same_moment",
    "lsz_portal/test_faults.py": "a_form_that_meets_a_fault_is_kept_whole_and_stored_once_when_it_is_over"
    " reading_goes_on_where_nothing_can_be_written",
    "plans/life/test_tamper.py": "the_database_refuses_to_change_a_released_plan a_lost_trigger_is_told"
    " without_triggers_the_database_would_change_it",
    "records/test_history.py": "history_rows_are_never_changed_or_deleted a_lost_trigger_is_found",
    # SQLite is told otherwise how letters are folded and ordered, and that one writes at a time.
    "records/test_amounts.py": "a_column_of_cents_is_exact_in_the_database",
    "records/test_german_order.py": "lists_choices_filters_files_and_tables_stand_in_the_same_order",
    "records/test_search.py": "umlauts_and_case_do_not_matter special_characters_of_like_are_letters",
    "records/test_interleaving.py": "two_forms_sent_at_once_make_one_winner_and_one_conflict",
    "funding/test_application_life.py": "cases_that_arrive_at_the_same_moment_get_numbers_without_a_gap",
    "plans/life/test_at_once.py": "of_two_releases_at_once_one_edition_remains",
    # Sums of integer cents, counts of official files: promised for both.
    "funding/test_budget.py": "the_worked_example_is_right_to_the_cent"
    " a_plan_is_resolved_by_a_second_person_and_closed_for_good",
    "exchange/test_import_ffcsv.py": "real_files_have_their_counts_and_change_nothing_the_second_time",
    # A record's way and the contract.
    "records/test_saving.py": "a_record_is_created_changed_and_deleted a_save_with_another_version_is_refused",
    "exchange/dossier/test_dossier.py": "every_kind_of_record_comes_back_with_the_same_bytes",
}


def is_asked_there(item: Any) -> bool:
    """False for a test whose module stands in ASKED without it."""
    return _stands_in(ASKED, item, otherwise=True)


def is_asked_of_both(item: Any) -> bool:
    """True for a test that BOTH names."""
    return _stands_in(BOTH, item, otherwise=False)


def _stands_in(modules: dict[str, str], item: Any, *, otherwise: bool) -> bool:
    named = modules.get(item.nodeid.partition("::")[0].removeprefix("tests/"))
    return otherwise if named is None else item.originalname.removeprefix("test_") in named.split()
