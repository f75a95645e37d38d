/** What must be watched. */
export interface Control {
  readonly id: string;
  readonly title: string;
  /** The text to use where a filter is missing: the first of `texts`. In the language of CloudWatch Logs. */
  readonly filterPattern: string;
  /** Every text that a publisher gives for this control and that is right. A filter that means any of them is right. */
  readonly texts: readonly PublishedText[];
  /** Texts that a publisher gives and that are known to be wrong. */
  readonly rejectedTexts?: readonly RejectedText[];
  /** A pattern that every required event also satisfies, for a reason given in `references`. */
  readonly premises: string;
  readonly recordedIn: RecordedIn;
  readonly severity?: string;
  readonly category?: string;
  /** The numbers of this control in the versions of the CIS AWS Foundations Benchmark, by version; empty if none asks for it. */
  readonly cis?: Readonly<Record<string, string>>;
  /** Other standards that the publishers name for it. */
  readonly frameworks?: readonly Standard[];
  /** Where the control and its premises are written down. */
  readonly references: readonly string[];
}

/**
 * Where CloudTrail records the events of a control: in the one region of a partition that has the events of its global
 * service; in every region, where the call was made; or not known, as for a filter pattern of one's own.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events
 */
export type RecordedIn = 'global-service-region' | 'every-region' | 'unknown';

/** A standard that asks for a control, and where in it. */
export interface Standard {
  /** Such as `CIS AWS Foundations Benchmark`. */
  readonly name: string;
  /** Such as `v5.0.0`, where the publisher of the control names it apart from the standard. */
  readonly version?: string;
  /** The number of the requirement, such as `4.10`, where the publisher names one. */
  readonly requirement?: string;
}

/** A filter pattern with who publishes it. */
export interface PublishedText {
  readonly pattern: string;
  /** Such as `Security Hub CloudWatch.4` or `CIS 5.0.0 4.4`. */
  readonly origins: readonly string[];
}

/** A published text that is not accepted. */
export interface RejectedText extends PublishedText {
  readonly reason: string;
}

/** What marks a management event in its record. */
export const MANAGEMENT_EVENT = '$.eventCategory = "Management" && $.managementEvent IS TRUE';

/**
 * The premises of calls that change something, of one service.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function writeCallsOf(eventSource: string): string {
  return `{ $.eventSource = "${eventSource}" && $.eventType = "AwsApiCall" && $.readOnly IS FALSE && ${MANAGEMENT_EVENT} }`;
}
