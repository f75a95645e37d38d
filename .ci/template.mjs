// Holds a packaged template to what no linter knows: the settings that were asked for arrive, the rule takes every
// parameter that it knows and none that it does not, and the function may do what its code does and nothing else.
//
//   node .ci/template.mjs TEMPLATE NAME=VALUE...   where a name is `runtime` or a parameter of the template
import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { URL } from 'node:url';

import { tsImport } from 'tsx/esm/api';

const [path, ...expected] = process.argv.slice(2);
const { Parameters, Resources } = JSON.parse(readFileSync(path, 'utf8'));
const rule = Resources.Rule.Properties;

for (const setting of expected) {
  const [name, ...value] = setting.split('=');
  const actual = name === 'runtime' ? Resources.EvaluateLambdaFunction.Properties.Runtime : Parameters[name].Default;
  assert.equal(String(actual), value.join('='), `${name} is ${actual}`);
}

const { parameterNames } = await tsImport('../src/parameters/table.ts', import.meta.url);
assert.deepEqual(Object.keys(rule.InputParameters).sort(), [...parameterNames].sort(), 'rule parameters');

const { chainTypes } = await tsImport('../src/lambda/relevance.ts', import.meta.url);
assert.deepEqual(rule.Scope.ComplianceResourceTypes, chainTypes, 'scope of the rule');

// The alarm on silence reads the metric that the function writes.
const { METRICS_NAMESPACE, metricsLine } = await tsImport('../src/lambda/log/metrics.ts', import.meta.url);
const written = JSON.parse(metricsLine({ ruleName: 'rule', controlId: 'id', verdict: 'satisfied' }, 0, new Date(0)));
const silence = Resources.SilenceAlarm.Properties;
assert.equal(silence.Namespace, METRICS_NAMESPACE, 'namespace of the alarm on silence');
assert.ok(
  written._aws.CloudWatchMetrics.some(
    ({ Dimensions, Metrics }) =>
      Dimensions.some((names) => names.join() === silence.Dimensions.map(({ Name }) => Name).join()) &&
      Metrics.some(({ Name }) => Name === silence.MetricName),
  ),
  'the metric of the alarm on silence is written',
);

// The operations that the code asks for, as IAM actions; nothing else may be allowed beside the function's own log and
// the queue of failed events.
const { usedActions } = await tsImport('../test/support/used-actions.ts', import.meta.url);
const { memberOnlyActions } = await tsImport('../deploy/generate/permissions.ts', import.meta.url);
const used = usedActions(new URL('../src/lambda/entry-point.ts', import.meta.url)).filter(
  (action) => !memberOnlyActions.includes(action),
);
const policies = Object.values(Resources).flatMap(({ Type, Properties }) => {
  if (Type === 'AWS::IAM::Role') return Properties.Policies.map(({ PolicyDocument }) => PolicyDocument);
  return Type === 'AWS::IAM::Policy' ? [Properties.PolicyDocument] : [];
});
const allowed = new Set(policies.flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action)));
const ofLambda = [
  'logs:CreateLogStream',
  'logs:CreateLogGroup',
  'logs:TagResource',
  'logs:PutLogEvents',
  'sqs:SendMessage',
];
for (const action of ofLambda) allowed.delete(action);
assert.deepEqual([...allowed].sort(), used, 'allowed actions and called operations');
console.log(`template: ${expected.length} settings, ${used.length} IAM actions, as asked`);
