import type { Migration } from 'kysely';
import * as platform from './2026112100_platform.js';
import * as people from './2026112101_people.js';
import * as records from './2026112102_records.js';
import * as intake from './2026112103_intake.js';
import * as insight from './2026112104_insight.js';
import * as register from './2026112105_register.js';
import * as registerEntry from './2026112200_register_entry.js';
import * as contacts from './2026112201_contacts.js';
import * as interactions from './2026112202_interactions.js';
import * as interactionIndex from './2026112203_interaction_index.js';
import * as churn from './2026112210_churn.js';
import * as identity from './2026112220_identity.js';
import * as wall from './2026112230_wall.js';
import * as groupMembership from './2026112240_group_membership.js';
import * as contracts from './2026112241_contracts.js';
import * as customerFields from './2026112242_customer_fields.js';
import * as customerNotes from './2026112243_customer_notes.js';
import * as ownership from './2026112250_ownership.js';
import * as pools from './2026112251_pools.js';
import * as auditChain from './2026112260_audit_chain.js';
import * as entrance from './2026112261_entrance.js';
import * as person from './2026112262_person.js';
import * as tiers from './2026112270_tiers.js';
import * as entitlements from './2026112271_entitlements.js';
import * as lifecycle from './2026112280_lifecycle.js';
import * as warning from './2026112281_warning.js';
import * as task from './2026112282_task.js';
import * as typedFields from './2026112320_typed_fields.js';
import * as segment from './2026112330_segment.js';
import * as registerStage from './2026112331_register_stage.js';
import * as delivery from './2026112340_delivery.js';
import * as robotSight from './2026112341_robot_sight.js';
import * as warningPolicy from './2026112350_warning_policy.js';
import * as madeTasks from './2026112351_made_tasks.js';
import * as registerScope from './2026112390_register_scope.js';
import * as importKinds from './2026112410_import_kinds.js';
import * as teamSight from './2026112411_team_sight.js';
import * as recycleTiers from './2026112412_recycle_tiers.js';
import * as staleTasks from './2026112413_stale_tasks.js';
import * as fieldOrder from './2026112414_field_order.js';
import * as retention from './2026112420_retention.js';
import * as userCapacity from './2026112430_user_capacity.js';
import * as warningLook from './2026112440_warning_look.js';
import * as prospect from './2026112441_prospect.js';
import * as shareOfValue from './2026112510_share_of_value.js';
import * as erasedCustomer from './2026112511_erased_customer.js';
import * as erasedMark from './2026112610_erased_mark.js';
import * as serviceClock from './2026112620_service_clock.js';
import * as creditLossShare from './2026112700_credit_loss_share.js';
import * as transferSpeed from './2026112710_transfer_speed.js';
import * as lookLine from './2026112720_look_line.js';
import * as keptShare from './2026112750_kept_share.js';
import * as rowsOfCustomers from './2026112810_rows_of_customers.js';
import * as workSpans from './2026112820_work_spans.js';
import * as eraseCodes from './2026112825_erase_codes.js';
import * as erasedIndex from './2026112826_erased_index.js';
import * as deputyOverlap from './2026112840_deputy_overlap.js';
import * as administratorScope from './2026112841_administrator_scope.js';
import * as pauseAccount from './2026112900_pause_account.js';
import * as withdrawnDemotions from './2026112920_withdrawn_demotions.js';
import * as taskCancelled from './2026112930_task_cancelled.js';
import * as viewOfDepartment from './2026112940_view_of_department.js';
import * as readLooks from './2026112950_read_looks.js';
import * as runStatistics from './2026112960_run_statistics.js';
import * as festivalCare from './2026112975_festival_care.js';
import * as transferStaying from './2026112976_transfer_staying.js';
import * as pinReleased from './2026112977_pin_released.js';
import * as stageRules from './2026112984_stage_rules.js';

/** Every migration, in order, forward only. A released one is never changed again: write the next. */
export const migrations: Readonly<Record<string, Migration>> = {
  '2026112100_platform': platform,
  '2026112101_people': people,
  '2026112102_records': records,
  '2026112103_intake': intake,
  '2026112104_insight': insight,
  '2026112105_register': register,
  '2026112200_register_entry': registerEntry,
  '2026112201_contacts': contacts,
  '2026112202_interactions': interactions,
  '2026112203_interaction_index': interactionIndex,
  '2026112210_churn': churn,
  '2026112220_identity': identity,
  '2026112230_wall': wall,
  '2026112240_group_membership': groupMembership,
  '2026112241_contracts': contracts,
  '2026112242_customer_fields': customerFields,
  '2026112243_customer_notes': customerNotes,
  '2026112250_ownership': ownership,
  '2026112251_pools': pools,
  '2026112260_audit_chain': auditChain,
  '2026112261_entrance': entrance,
  '2026112262_person': person,
  '2026112270_tiers': tiers,
  '2026112271_entitlements': entitlements,
  '2026112280_lifecycle': lifecycle,
  '2026112281_warning': warning,
  '2026112282_task': task,
  '2026112320_typed_fields': typedFields,
  '2026112330_segment': segment,
  '2026112331_register_stage': registerStage,
  '2026112340_delivery': delivery,
  '2026112341_robot_sight': robotSight,
  '2026112350_warning_policy': warningPolicy,
  '2026112351_made_tasks': madeTasks,
  '2026112390_register_scope': registerScope,
  '2026112410_import_kinds': importKinds,
  '2026112411_team_sight': teamSight,
  '2026112412_recycle_tiers': recycleTiers,
  '2026112413_stale_tasks': staleTasks,
  '2026112414_field_order': fieldOrder,
  '2026112420_retention': retention,
  '2026112430_user_capacity': userCapacity,
  '2026112440_warning_look': warningLook,
  '2026112441_prospect': prospect,
  '2026112510_share_of_value': shareOfValue,
  '2026112511_erased_customer': erasedCustomer,
  '2026112610_erased_mark': erasedMark,
  '2026112620_service_clock': serviceClock,
  '2026112700_credit_loss_share': creditLossShare,
  '2026112710_transfer_speed': transferSpeed,
  '2026112720_look_line': lookLine,
  '2026112750_kept_share': keptShare,
  '2026112810_rows_of_customers': rowsOfCustomers,
  '2026112820_work_spans': workSpans,
  '2026112825_erase_codes': eraseCodes,
  '2026112826_erased_index': erasedIndex,
  '2026112840_deputy_overlap': deputyOverlap,
  '2026112841_administrator_scope': administratorScope,
  '2026112900_pause_account': pauseAccount,
  '2026112920_withdrawn_demotions': withdrawnDemotions,
  '2026112930_task_cancelled': taskCancelled,
  '2026112940_view_of_department': viewOfDepartment,
  '2026112950_read_looks': readLooks,
  '2026112960_run_statistics': runStatistics,
  '2026112975_festival_care': festivalCare,
  '2026112976_transfer_staying': transferStaying,
  '2026112977_pin_released': pinReleased,
  '2026112984_stage_rules': stageRules,
};
