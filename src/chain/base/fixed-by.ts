/** The ways in which commands fix a finding. */
export type FixName =
  | 'start logging'
  | 'record all regions'
  | 'record management events'
  | 'connect a log group'
  | 'create the log group'
  | 'add a metric filter'
  | 'add an alarm'
  | 'enable the actions'
  | 'create the topic'
  | 'allow to publish'
  | 'add an event rule'
  | 'add a log alarm'
  | 'subscribe';

/** Who fixes a finding: commands, or a person, and then why no command can. */
export type FixedBy =
  { readonly by: 'commands'; readonly way: FixName } | { readonly by: 'person'; readonly why: string };

/**
 * Commands fix it. A filter, alarm or topic that breaks the chain stays as it is, since others may use it: the remediation
 * adds one that works.
 */
export function byCommands(way: FixName): FixedBy {
  return { by: 'commands', way };
}

/** Only a person can fix it. */
export function byPerson(why: string): FixedBy {
  return { by: 'person', why };
}

/** Why no command fixes what another account holds. */
export const ANOTHER_ACCOUNT = 'the set-up there may be right; only that account, or a role in it, can show that';
