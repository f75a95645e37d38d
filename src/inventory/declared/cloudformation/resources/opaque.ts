import type { Declaration } from '../../declaration.ts';
import { unknown } from '../../value.ts';
import type { Properties } from './properties.ts';
import type { Template } from '../template.ts';

type Where = Pick<Declaration, 'place' | 'change' | 'accountId' | 'region'>;

/**
 * What a resource may do to things that it does not declare: a connector of SAM writes the policies of topics, a topic may
 * stop messages by a policy of its own, and a custom resource or a third-party type may change what its properties name.
 *
 * @param given - its properties, with intrinsic functions computed
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/reference-sam-connector.html
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-custom-resources.html
 */
export function opaqueOf(
  logicalId: string,
  resource: Template['Resources'][string],
  given: Properties,
  where: Where,
): readonly Declaration[] {
  const { Type: type } = resource;
  if (type === 'AWS::Serverless::Connector' || 'Connectors' in resource) {
    const open = unknown(`the connector ${logicalId} may set the policy of a topic`);
    return [{ kind: 'topic-policy', ...where, topicArn: open, policy: open }];
  }
  const isOfOthers = type === 'AWS::CloudFormation::CustomResource' || !/^(?:AWS|Alexa)::/.test(type);
  if (!isOfOthers || type.endsWith('::MODULE')) return [];
  const why = `${logicalId} (${type}) may change what its properties name`;
  return [
    { kind: 'opaque', ...where, reach: { kind: 'named', text: JSON.stringify({ ...given, ServiceToken: '' }) }, why },
  ];
}
