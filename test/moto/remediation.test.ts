import { expect } from 'chai';

import { handle } from '../../src/lambda/handle.ts';
import { eventNamed, stubConfig, stubDependencies } from '../lambda/stubs.ts';
import { liveConnector } from '../support/live-connector.ts';
import type { Moto } from './emulator/moto.ts';
import { MOTO_ACCOUNT, describeOnMoto, startMoto } from './emulator/moto.ts';
import { emulatorEnvironment, runShell } from './emulator/programs.ts';

const REGION = 'eu-west-1';
const arn = (service: string, resource: string) => `arn:aws:${service}:${REGION}:${MOTO_ACCOUNT}:${resource}`;
const LOG_GROUP = 'LOG-GROUP-NAME';
const TOPIC = arn('sns', 'SNS-TOPIC-NAME');

/**
 * CloudGuard's remediation for D9.AWS.MON.25, word for word, on an account that has nothing: first the trail that it
 * takes for granted. Each step has what the account's evaluation says after it.
 */
const steps: readonly (readonly [what: string, command: string, row: string])[] = [
  ['an account without a trail', '', 'NON_COMPLIANT NO_TRAIL'],
  [
    'a trail that is not switched on',
    `aws cloudtrail create-trail --name main --s3-bucket-name trail-bucket --is-multi-region-trail \\
       --cloud-watch-logs-log-group-arn '${arn('logs', `log-group:${LOG_GROUP}:*`)}' \\
       --cloud-watch-logs-role-arn arn:aws:iam::${MOTO_ACCOUNT}:role/trail`,
    'NON_COMPLIANT TRAIL_NOT_LOGGING',
  ],
  ['a trail that records', 'aws cloudtrail start-logging --name main', 'NON_COMPLIANT NO_METRIC_FILTER'],
  [
    'the metric filter',
    `aws logs put-metric-filter --log-group-name ${LOG_GROUP} --filter-name FILTER-NAME --metric-transformations metricName=METRIC-NAME,metricNamespace=METRIC-NAMESPACE,metricValue=1 --filter-pattern '{($.eventName=DeactivateMFADevice)}'`,
    'NON_COMPLIANT NO_ALARM',
  ],
  ['the topic', 'aws sns create-topic --name SNS-TOPIC-NAME', 'NON_COMPLIANT NO_ALARM'],
  [
    'the subscription',
    `aws sns subscribe --topic-arn ${TOPIC} --protocol email --notification-endpoint somebody@example.com`,
    'NON_COMPLIANT NO_ALARM',
  ],
  [
    'the alarm',
    `aws cloudwatch put-metric-alarm --alarm-name ALARM-NAME --metric-name METRIC-NAME --statistic Sum --period 300 --threshold 1 --comparison-operator GreaterThanOrEqualToThreshold --evaluation-periods 1 --namespace METRIC-NAMESPACE --alarm-actions ${TOPIC}`,
    'NON_COMPLIANT SUBSCRIBER_NOT_CONFIRMED',
  ],
];

describeOnMoto('the remediation of CloudGuard, typed in with the AWS CLI against moto', function () {
  this.timeout(60_000);
  let moto: Moto | undefined;
  before(async () => {
    moto = await startMoto();
    await moto.prepare({ bucket: 'trail-bucket', logGroup: LOG_GROUP, region: REGION });
  });
  after(() => moto?.stop());

  const event = { ...eventNamed('scheduled'), accountId: MOTO_ACCOUNT };
  /** What the function sends for the account, and for its trail if it has one. */
  const evaluated = async (): Promise<readonly string[]> => {
    const { config, url } = moto!;
    config.puts.length = 0;
    await handle(event, {
      ...stubDependencies(stubConfig()),
      functionArn: undefined,
      connect: liveConnector({ url, now: () => new Date() }),
    });
    return config.puts
      .flatMap(({ rows }) => rows)
      .map(({ ComplianceType, Annotation = '' }) => `${ComplianceType} ${Annotation.split(':')[0] ?? ''}`);
  };

  for (const [what, command, row] of steps) {
    it(`leads with ${what} to ${row}`, async () => {
      const { status, stderr } = await runShell(command, emulatorEnvironment(moto!.url, REGION));
      expect(stderr).to.equal('');
      expect(status).to.equal(0);
      expect((await evaluated())[0]).to.equal(row);
    });
  }

  it('leads to COMPLIANT, for the trail as well, when somebody has followed the link in the e-mail', async () => {
    moto!.confirmSubscriptions();
    expect(await evaluated()).to.deep.equal(['COMPLIANT SATISFIED', 'COMPLIANT SATISFIED']);
  });

  it('asks moto for nothing that moto does not know', () => {
    expect(moto!.unknown).to.deep.equal([]);
  });
});
