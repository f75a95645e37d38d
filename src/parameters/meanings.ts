import type { parameterTable } from './parameters.ts';

/** What each rule parameter means, in words: the README's table. */
export const parameterMeanings: Readonly<Record<keyof typeof parameterTable, string>> = {
  controlId: 'a control of the catalog',
  filterPattern: 'a filter pattern of your own that is required instead; nothing is assumed of its events',
  patternMatch:
    '`equivalent`: a filter must match the required events and no others; `covers`: it may match more, and several may cover the events together',
  assurance:
    '`working` judges every link; `configured` only what the CloudGuard rule names: log group, filter, alarm with an SNS action, confirmed subscriber',
  requireMultiRegionTrail: 'whether the trail must record all regions, as CIS asks',
  maxEventsToAlarm: 'events that may pass before the alarm',
  maxAlarmDelayMinutes: "minutes from the event's arrival in the log group to the alarm",
  maxDeliveryAgeHours: 'how old the last delivery to the log group may be',
  onUndecided: '`NON_COMPLIANT` or `NOT_APPLICABLE`: the row of what cannot be told',
  onForeignTrail:
    "`NOT_APPLICABLE` or `NON_COMPLIANT`: the row where only another account's trail is left; that account carries the finding",
  reportTrails: "rows for trails beside the account's",
  AssumeRoleMode: 'evaluate another account through a role of its',
  ExecutionRoleName: 'the role for `AssumeRoleMode`',
  foreignAccountRoleName: 'a role to read log groups, alarms and topics in the account that their ARN names',
};
