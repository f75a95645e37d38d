import { identityOf } from './onto/identity.ts';
import type { Declaration } from './declaration.ts';
import { isUnknown, unknown } from './value.ts';

/**
 * Declarations with what is not certain to outlast the deletions of the same plan.
 *
 * A plan may delete a thing at one address and declare the same thing at another, as after a resource was renamed without a
 * `moved` block. Terraform orders such changes by references only, and AWS takes the second creation of an alarm, a metric
 * filter, a topic or a subscription for the first one. So the deletion may come last and take the thing away. It certainly
 * comes last for a resource that is created before it is destroyed.
 *
 * @param before - what the plan changes, replaces or deletes, as it is before
 * @param deletedLast - the addresses of resources that Terraform creates before it destroys them
 * @returns the same declarations; a thing that the plan deletes too is not known
 * @see https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#create_before_destroy
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html
 * @see https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html
 */
export function withContested(
  declarations: readonly Declaration[],
  before: readonly Declaration[],
  deletedLast: ReadonlySet<string>,
): readonly Declaration[] {
  const deletions = new Map<string, Declaration[]>();
  for (const one of before) {
    const name = nameOf(one);
    if (name === undefined || (one.change !== 'delete' && one.change !== 'replace')) continue;
    deletions.set(name, [...(deletions.get(name) ?? []), one]);
  }
  return declarations.map((one) => {
    const { place, stack } = one;
    const rival = deletions
      .get(nameOf(one) ?? '')
      ?.find(
        (other) => other.place.address !== place.address || other.stack !== stack || deletedLast.has(place.address),
      );
    if (rival === undefined) return one;
    const why = `the plan deletes at ${rival.place.address} what it declares at ${place.address}, and may do so last`;
    return notKnown(one, why);
  });
}

/**
 * Declarations with what is declared twice in different ways not known: AWS takes the second creation of an alarm, a metric
 * filter, or a target of EventBridge for a change of the first one, and nothing says which of them is the last.
 */
export function withoutRivals(declarations: readonly Declaration[]): readonly Declaration[] {
  const byName = new Map<string, Declaration[]>();
  for (const one of declarations) {
    const name = one.placeDoubt === undefined ? nameOf(one) : undefined;
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), one]);
  }
  return declarations.map((one) => {
    const rival = byName.get(nameOf(one) ?? '')?.find((other) => contentOf(other) !== contentOf(one));
    if (one.placeDoubt !== undefined || rival === undefined) return one;
    return notKnown(one, `${one.place.address} and ${rival.place.address} are one thing that is declared in two ways`);
  });
}

/** What a declaration says of its thing. A subscription that is there has an ARN, and a new one for the same endpoint has none. */
function contentOf(declaration: Declaration): string {
  const others = ['place', 'stack', 'change', 'subscriptionArn'];
  return JSON.stringify(declaration, (name, value: unknown) => (others.includes(name) ? undefined : value));
}

/** What AWS tells things apart by. A topic has one subscription of an endpoint, whatever its ARN is. */
function nameOf(declaration: Declaration): string | undefined {
  if (declaration.kind !== 'subscription') return identityOf(declaration);
  const { topicArn, protocol, endpoint } = declaration;
  if (isUnknown(topicArn) || isUnknown(protocol) || isUnknown(endpoint)) return undefined;
  return `subscription ${topicArn} ${protocol} ${endpoint ?? ''}`;
}

/** The declaration of a thing of which is known only what it is called. */
function notKnown(declaration: Declaration, why: string): Declaration {
  const open = unknown(why);
  switch (declaration.kind) {
    case 'trail':
      return { ...declaration, isLogging: open };
    case 'log-group':
      return { ...declaration, logGroupClass: open };
    case 'log-transformer':
    case 'event-bus':
    case 'opaque':
      return declaration;
    case 'event-rule':
      return { ...declaration, rule: open };
    case 'event-target':
      return { ...declaration, target: open };
    case 'mute-rule':
      return { ...declaration, rule: open };
    case 'metric-filter':
      return { ...declaration, filter: open };
    case 'metric-alarm':
    case 'composite-alarm':
    case 'log-alarm':
      return { ...declaration, alarm: open };
    case 'topic':
      return { ...declaration, keyId: open };
    case 'topic-policy':
    case 'key-policy':
      return { ...declaration, policy: open };
    case 'subscription':
      return { ...declaration, protocol: open };
    case 'key':
      return { ...declaration, isEnabled: open };
    case 'key-alias':
      return { ...declaration, keyArn: open };
  }
}
