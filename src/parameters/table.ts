import { catalog, MANAGEMENT_EVENT } from '../controls/catalog.ts';
import type { ParameterField } from './fields.ts';
import { booleanField, choiceField, listField, numberField, roleNameField, textField } from './fields.ts';
import { routeNames } from './routes.ts';
import { subscriberProtocols } from './subscriber-protocols.ts';

const [defaultControl, ...relatedControls] = catalog;

/**
 * The rule parameters by their AWS Config names, in the order in which people see them. From this table follow the
 * parser, {@link Options}, `explain`, the options of the command line, `docs/parameters.md`, and the parameters of the
 * CloudFormation template. A new parameter is one entry here.
 */
export const parameterTable = {
  controlId: choiceField('A control of the catalog.', [defaultControl.id, ...relatedControls.map(({ id }) => id)]),
  filterPattern: textField('A filter pattern of your own that is required instead of a control of the catalog.', {
    allowed: 'a filter pattern',
    fallback: undefined,
  }),
  premises: textField(
    'With `filterPattern`: what is true of every required event, as a JSON filter pattern. The default says that they are management events; what you give replaces it, so name `eventCategory` too. The event source, `readOnly` and `awsRegion` decide more; `{ $.eventCategory = "Data" }` is for data events.',
    { allowed: 'a JSON filter pattern', fallback: `{ ${MANAGEMENT_EVENT} }` },
  ),
  patternMatch: choiceField(
    '`equivalent`: a metric filter must match the required events and no others. `covers`: it may match more, and several filters may cover the events together.',
    ['equivalent', 'covers'],
  ),
  assurance: choiceField(
    '`working` judges every link. `configured` judges only what the CloudGuard rule names: trail, log group, metric filter, alarm with an SNS action, topic, confirmed subscriber.',
    ['working', 'configured'],
  ),
  acceptedRoutes: listField(
    'The routes by which an event may reach a person; one that holds is enough. `metric-filter`: a metric filter and an alarm, as the control says. `eventbridge`: an EventBridge rule. `log-alarm`: an alarm on a query of the log group.',
    routeNames,
    ['metric-filter'],
  ),
  requireMultiRegionTrail: booleanField(
    'Whether the trail must record all regions for every control, as CIS asks. With `assurance=working`, controls whose events arise in every region need such a trail anyway.',
    false,
  ),
  maxEventsToAlarm: numberField('How many events may pass before the alarm goes into ALARM.', {
    fallback: 1,
    from: 1,
    to: 1000,
  }),
  maxAlarmDelayMinutes: numberField(
    "How many minutes may pass from the event's arrival in the log group until the alarm goes into ALARM.",
    { fallback: 60, from: 1, to: 7 * 24 * 60 },
  ),
  maxDeliveryAgeHours: numberField("How old the trail's last delivery to the log group may be, in hours.", {
    fallback: 24,
    from: 1,
    to: 366 * 24,
  }),
  subscriberProtocols: listField(
    'The protocols of subscriptions that count as a subscriber. `email,email-json,sms` asks for one that reaches a person without another program.',
    subscriberProtocols,
  ),
  onUndecided: choiceField('The evaluation where the verdict is undecided.', ['NON_COMPLIANT', 'NOT_APPLICABLE']),
  onForeignTrail: choiceField(
    "The evaluation where only another account's trail may satisfy the control. That account carries the finding.",
    ['NOT_APPLICABLE', 'NON_COMPLIANT'],
  ),
  reportTrails: booleanField('Whether AWS Config also gets an evaluation for each trail of the account.', true),
  AssumeRoleMode: {
    ...booleanField('Whether the function evaluates another account, by assuming a role of that account.', false),
    isForFunction: true,
  },
  ExecutionRoleName: {
    ...roleNameField('The role that the function assumes with `AssumeRoleMode`.'),
    isForFunction: true,
  },
  foreignAccountRoleName: roleNameField(
    'A role with which to read log groups, alarms and topics that belong to another account. It is assumed in that account.',
  ),
} as const satisfies Readonly<Record<string, ParameterField<unknown>>>;

export type ParameterTable = typeof parameterTable;
export type ParameterName = keyof ParameterTable;

/** The checked values by their AWS Config names. */
export type ParameterValues = {
  readonly [N in ParameterName]: ParameterTable[N] extends ParameterField<infer V> ? V : never;
};

/** The parameters that say which control is judged; all others are options. */
type ControlParameter = 'controlId' | 'filterPattern' | 'premises';

/** How a control is judged, checked: every other parameter under its name with a small first letter. */
export type Options = {
  readonly [N in Exclude<ParameterName, ControlParameter> as Uncapitalize<N>]: ParameterValues[N];
};

/** All parameter names, in the order of the table. */
export const parameterNames = Object.keys(parameterTable) as readonly ParameterName[];

/** The field of each parameter, without its type. */
export function parameterFieldOf(name: ParameterName): ParameterField<unknown> {
  return parameterTable[name];
}

/** The name of a parameter's option on the command line: `patternMatch` is `pattern-match`. */
export function kebabName(name: ParameterName): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** The default of a parameter as text, or `undefined` where it has none. */
export function fallbackText(name: ParameterName): string | undefined {
  const { fallback } = parameterTable[name];
  return fallback === undefined ? undefined : String(fallback);
}
