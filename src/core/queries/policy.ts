import type { Database } from '../context.ts'
import type { Policy } from '../policy.ts'

/** The policy in force. */
export async function readPolicy(sql: Database): Promise<Policy> {
  const [policy] = await sql<Policy[]>`
    select inactive_after_days as "inactiveAfterDays", disabled_after_days as "disabledAfterDays",
      is_lapsed_paid_swept as "isLapsedPaidSwept", is_upgraded_woken as "isUpgradedWoken",
      sweep_mode as "sweepMode", canary_team_ids as "canaryTeamIds",
      sweep_schedule as "sweepSchedule", cleanup_schedule as "cleanupSchedule",
      counts_schedule as "countsSchedule", pruning_schedule as "pruningSchedule",
      silent_projects as "silentProjects", silent_hours as "silentHours",
      many_projects as "manyProjects", many_percent as "manyPercent", many_median_factor as "manyMedianFactor",
      many_median_projects as "manyMedianProjects", gap_hours as "gapHours", hold_hours as "holdHours",
      revert_days as "revertDays", mails_per_minute as "mailsPerMinute", mail_language as "mailLanguage",
      mail_zone as "mailZone", is_warning_mailed as "isWarningMailed", warning_hours as "warningHours",
      is_reactivation_mailed as "isReactivationMailed", mail_body_days as "mailBodyDays",
      is_watch_required as "isWatchRequired", watch_gap_minutes as "watchGapMinutes", intake_percent as "intakePercent",
      traffic_days as "trafficDays", container_removal_days as "containerRemovalDays"
    from vigie.policy`
  if (policy === undefined) throw new Error('vigie.policy has no row')
  return policy
}
