import type { Verdict } from '../../chain/verdict.ts';

/** The namespace of the metrics, which the alarms and the dashboard of the stack read. */
export const METRICS_NAMESPACE = 'MfaDeactivationAlarm';

/** What one run is measured by. */
export interface RunMetrics {
  readonly ruleName: string;
  readonly controlId: string;
  readonly verdict: Verdict['kind'];
  /** The code of the account's evaluation, such as `UNREADABLE`. */
  readonly code: string;
  /** Calls to AWS, each counted once. */
  readonly calls: number;
  /** Tries of those calls after the first. */
  readonly retries: number;
  /** Rounds of reading, each of which depends on the one before. */
  readonly rounds: number;
}

/**
 * One log line in the embedded metric format, of which CloudWatch makes metrics without a call.
 *
 * `Evaluations` by rule is what the alarm on silence counts. `Undecided` is by code as well.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function metricsLine(run: RunMetrics, durationMs: number, at: Date): string {
  const count = (name: string) => ({ Name: name, Unit: 'Count' });
  const isUndecided = run.verdict === 'undecided';
  return JSON.stringify({
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['RuleName']],
          Metrics: [
            ...['Evaluations', 'Calls', 'Retries', 'Rounds'].map(count),
            { Name: 'Duration', Unit: 'Milliseconds' },
          ],
        },
        {
          Namespace: METRICS_NAMESPACE,
          Dimensions: [['RuleName', 'ControlId']],
          Metrics: ['Satisfied', 'Broken', 'Undecided'].map(count),
        },
        ...(isUndecided
          ? [{ Namespace: METRICS_NAMESPACE, Dimensions: [['RuleName', 'Code']], Metrics: [count('Undecided')] }]
          : []),
      ],
    },
    RuleName: run.ruleName,
    ControlId: run.controlId,
    Code: run.code,
    Evaluations: 1,
    Calls: run.calls,
    Retries: run.retries,
    Rounds: run.rounds,
    Duration: durationMs,
    Satisfied: run.verdict === 'satisfied' ? 1 : 0,
    Broken: run.verdict === 'broken' ? 1 : 0,
    Undecided: isUndecided ? 1 : 0,
  });
}
