import { linkNames } from '../../src/chain/base/link.ts';
import { routeNames } from '../../src/parameters/routes.ts';
import { pathThings } from '../../src/chain/base/path-things.ts';

interface Schema {
  readonly definitions: {
    readonly link: { readonly properties: { readonly link: object } };
    readonly chain: { readonly properties: { readonly path: object; readonly route: object } };
  };
}

/**
 * The schema of results with what follows from tables in the source: the names of links and routes, and the fields of a path. The
 * rest of it is written by hand.
 *
 * @param json - the schema as it is, as JSON text
 */
export function currentResultSchema(json: string): unknown {
  const schema = JSON.parse(json) as Schema;
  const { link, chain } = schema.definitions;
  const fields = Object.values(pathThings).map(
    ({ field, meaning }) => [field, { description: meaning, type: 'string' }] as const,
  );
  const properties = {
    link: { ...link.properties, link: { ...link.properties.link, enum: linkNames } },
    chain: {
      ...chain.properties,
      route: { ...chain.properties.route, enum: routeNames },
      path: { ...chain.properties.path, properties: Object.fromEntries<object>(fields) },
    },
  };
  const definitions = {
    ...schema.definitions,
    link: { ...link, properties: properties.link },
    chain: { ...chain, properties: properties.chain },
  };
  return { ...schema, definitions };
}
