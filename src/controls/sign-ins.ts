import { MANAGEMENT_EVENT } from './control.ts';

export const signInReference =
  'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-aws-console-sign-in-events.html';

/** Sign-ins to the console: they count as writes, and are not API calls. See {@link signInReference}. */
export const signInPremises = `{ $.eventSource = "signin.amazonaws.com" && $.eventType = "AwsConsoleSignIn" && $.readOnly IS FALSE && ${MANAGEMENT_EVENT} }`;

/** The two texts for sign-ins without MFA. CIS accepts either since version 2.0.0. */
export const signInTexts = {
  short: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") }',
  long: '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
} as const;
