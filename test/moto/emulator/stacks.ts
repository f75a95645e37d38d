import type { Moto } from './moto.ts';

/** Puts a template where CloudFormation takes large ones from, and creates a stack of it in moto. */
export async function createStack(
  moto: Moto,
  {
    name,
    text,
    region,
    parameters = {},
  }: {
    readonly name: string;
    readonly text: string;
    readonly region: string;
    readonly parameters?: Readonly<Record<string, string>>;
  },
): Promise<void> {
  const bucket = `templates-${region}`;
  await putBucket(moto, bucket, region);
  await put(moto, `/${bucket}/${name}.json`, region, text);
  const given = Object.entries(parameters).flatMap(([key, value], index) => [
    [`Parameters.member.${index + 1}.ParameterKey`, key],
    [`Parameters.member.${index + 1}.ParameterValue`, value],
  ]);
  await request(moto, region, {
    Action: 'CreateStack',
    StackName: name,
    TemplateURL: `https://${bucket}.s3.${region}.amazonaws.com/${name}.json`,
    'Capabilities.member.1': 'CAPABILITY_NAMED_IAM',
    ...(Object.fromEntries(given) as Readonly<Record<string, string>>),
  });
}

/** Creates a bucket. The region us-east-1 is the one that a bucket has without being asked. */
export async function putBucket(moto: Moto, bucket: string, region: string): Promise<void> {
  const place = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  await put(moto, `/${bucket}`, region, region === 'us-east-1' ? '' : place);
}

/** What moto created of a stack: the physical id by logical id. */
export async function createdIn(moto: Moto, name: string, region: string): Promise<ReadonlyMap<string, string>> {
  const xml = await request(moto, region, { Action: 'DescribeStackResources', StackName: name });
  const members = [...xml.matchAll(/<member>(.*?)<\/member>/gs)].map(([, member = '']) => {
    const field = (element: string) => new RegExp(`<${element}>(.*?)</${element}>`, 's').exec(member)?.[1] ?? '';
    return [field('LogicalResourceId'), field('PhysicalResourceId')] as const;
  });
  // moto lists what it cannot create without any id.
  return new Map(members.filter(([logicalId]) => logicalId !== ''));
}

const signedFor = (service: string, region: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261120/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function put({ url }: Moto, path: string, region: string, body: string): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method: 'PUT',
    body,
    headers: { authorization: signedFor('s3', region), 'content-type': 'application/octet-stream' },
  });
  if (!response.ok) throw new Error(`PUT ${path}: ${await response.text()}`);
}

async function request({ url }: Moto, region: string, body: Readonly<Record<string, string>>): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      authorization: signedFor('cloudformation', region),
    },
    body: new URLSearchParams({ Version: '2010-05-15', ...body }).toString(),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${body['Action'] ?? ''}: ${text}`);
  return text;
}
