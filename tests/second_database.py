"""What PostgreSQL is asked after SQLite: only what a database can answer otherwise.

That is: constraints, triggers and locks; what two people do at once and what one transaction leaves; order, search and
upper case; numbers, dates, JSON and lengths of columns, and what is no value for them; statements that are prepared or
written by hand; backup; and one walk through the pages, lists, filters and forms of all kinds. What a page says, what a
form reads and what Python decides is told once, on SQLite.

A test leaves the second run by the mark ``once``, as one kind of many (tests/kinds.py), or because its module stands
below without it; with ``--long`` the last counts no more. Modules that are not named here, new ones therefore too, run
with all their tests.
"""

from typing import Any

# Module: those of its tests that a second database is asked as well, each without „test_“.
ASKED: dict[str, str] = {
    # ------------------------------------------------ who may come in: sessions, times, attempts
    "accounts/test_access_matrix.py": "every_kind_answers_as_the_table_says other_addresses_answer_as_the_table_says",
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
    "records/test_bad_input.py": "bad_values_are_refused_next_to_their_field_and_kept"
    " further_bad_values_are_refused_next_to_their_field_and_kept texts_may_be_as_long_as_their_limit"
    " broken_encodings_do_not_break_the_form a_kept_draft_of_broken_text_can_be_opened",
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
    "participation/test_session_catch_up.py": "all_is_stored_together_and_undone_together sent_twice_is_stored_once"
    " the_body_presets_number_phase_and_members",
    "planning/test_cycle.py": "first_cycle_has_eight_phases_and_the_steps_of_the_catalogue links_lead_to_the_copies"
    " open_content_is_carried_over_and_closed_is_not steps_move_up_and_down a_cycle_is_carried_on_once"
    " a_goal_is_without_measure_only_if_nothing_below_has_one"
    " a_need_is_without_measure_only_if_none_of_its_goals_has_one",
    "planning/test_guidance.py": "an_empty_list_says_how_others_begin_and_leads_there",
    # ------------------------------------------------ views over many records: their sums, filters and addresses
    "insight/test_coverage_page.py": "cells_count_and_name_offers_and_needs filters_by_region_and_priority"
    " columns_may_be_the_regions nonsense_in_the_address_is_ignored",
    "insight/test_figures_page.py": "page_of_a_figure_has_chart_table_legend_and_downloads"
    " areas_are_chosen_in_the_address figure_that_does_not_exist_is_not_found nonsense_in_the_choice_is_ignored",
    "insight/test_participation_page.py": "groups_are_counted_by_year_and_never_as_zero period_narrows_everything"
    " surveys_show_their_return_rate_but_no_small_group findings_by_region_life_phase_and_field"
    " nonsense_in_the_address_is_ignored",
    "insight/test_thread_page.py": "complete_thread_is_drawn_from_evidence_to_result nonsense_in_the_address_is_ignored"
    " a_record_of_an_older_cycle_is_shown_in_that_cycle links_in_a_circle_do_not_hang",
    "insight/test_timeline_page.py": "every_kind_with_a_date_in_its_description_stands_in_the_timeline"
    " filters_by_phase_kind_and_year content_carried_over_is_drawn_once nonsense_in_the_address_is_ignored"
    " a_resolution_is_joined_with_its_consultations_and_a_deferral_ends_with_its_follow_up",
    "overview/test_barriers.py": "everybody_reports_a_barrier_and_reads_what_happens_next open_reports_stand_first",
    "overview/test_ministry_page.py": "row_says_what_the_records_say filters_by_name_region_phase_and_need"
    " plan_shows_where_it_stands_in_its_life order_is_alphabetical_in_german_or_by_region_never_by_figures",
    "overview/test_privacy.py": "",
    "overview/test_start_page.py": "ring_shows_states_and_counts_of_steps open_points_are_those_of_the_present_cycle"
    " what_has_passed_waits_until_it_is_done_and_what_comes_stands_by_date"
    " changes_tell_who_did_what_and_bunch_what_belongs_together",
    "overview/test_switch.py": "",
    "overview/test_waiting.py": "what_has_passed_is_never_hidden_and_a_carried_step_is_not_told_twice"
    " the_ministry_sees_who_owes_a_plan_up_to_the_next_year",
    # ------------------------------------------------ plans: checks, life, editions
    "plans/checks/test_open_statements.py": "what_is_left_unsaid_is_counted_and_hinders_nothing",
    "plans/checks/test_money.py": "limits_hold_to_the_cent",
    "plans/checks/test_rules.py": "a_complete_plan_has_no_findings"
    " records_with_a_gap_are_found_and_shown_behind_the_link figures_older_than_three_years_are_found"
    " the_queries_do_not_grow_with_rows",
    "plans/life/test_four_eyes.py": "who_deleted_something_wrote_the_content_too"
    " asking_costs_the_same_whatever_is_stored",
    "plans/life/test_public.py": "everybody_reads_the_published_plan_by_chapters"
    " the_newest_edition_is_shown_and_older_years_are_listed",
    "plans/life/test_verification_page.py": "an_unchanged_file_is_recognised odd_bytes_are_no_error_of_the_server"
    " state_and_newer_edition_are_those_of_today",
    "plans/life/test_walks.py": "",
    "plans/test_book.py": "an_empty_municipality_reads_well",
    "plans/test_builder.py": "every_record_is_in_the_document a_sum_is_exact_to_the_cent"
    " vacancies_follow_from_the_dates",
    "reporting/papers/test_finance.py": "only_what_the_year_or_a_later_one_has_is_counted",
    "trial/test_grid.py": "rows_that_only_their_author_sees_are_typed_by_nobody_else",
    "trial/test_in_plan.py": "the_rows_stand_in_the_data_of_their_chapter_only",
    "trial/test_policies.py": "lists_and_counts_hold_own_notes_only"
    " a_link_to_what_is_not_seen_stays_when_somebody_else_saves",
    # ------------------------------------------------ exchange, operation
    "exchange/dossier/test_demo.py": "catalogue_adds_what_is_missing_and_keeps_what_was_changed",
    "exchange/dossier/test_dossier.py": "every_kind_of_record_comes_back_with_the_same_bytes"
    " import_never_changes_what_is_there records_that_refer_to_one_another_in_a_circle_are_refused"
    " commands_write_read_and_refuse",
    "exchange/test_seed_load.py": "every_row_is_valid_and_has_its_history_row",
    "lsz_portal/test_design_page.py": "",
}


def is_asked_again(item: Any) -> bool:
    """False for a test whose module stands in ASKED without it."""
    asked = ASKED.get(item.nodeid.partition("::")[0].removeprefix("tests/"))
    return asked is None or item.originalname.removeprefix("test_") in asked.split()
