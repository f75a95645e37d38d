/**
 * Makes the SDK smaller in the function's bundle, without a change of what it does: a plugin of esbuild, for
 * `custom.esbuild` in serverless.yml.
 *
 * - The package.json of a client is imported for its name and version alone.
 * - A client has a schema and a class for each error of its service, of all operations. They are left out where the client
 *   does the same without: an error of which it has no schema, such as `AccessDeniedException` nearly everywhere, is its
 *   base exception under the name that the service says, with all that the service says.
 * - The function calls no operation that streams events. What codes such streams is left out.
 *
 * A file that does not look as expected is left as it is: then the bundle is larger, and the packaging says so.
 */
const { readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const smallSdk = {
  name: 'small-sdk',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]@(aws-sdk|smithy)[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
    build.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_\d+\.js$/ }, ({ path }) => {
      const beside = (...names) => readFileSync(join(dirname(path), '..', ...names), 'utf8');
      const [settings, classes] = [beside('runtimeConfig.shared.js'), beside('models', 'errors.js')];
      return { contents: withoutErrorSchemas(readFileSync(path, 'utf8'), classes, settings), loader: 'js' };
    });
    build.onLoad(
      { filter: /@smithy[\\/]core[\\/]dist-es[\\/]submodules[\\/]event-streams[\\/]index\.js$/ },
      ({ path }) => {
        const source = readFileSync(path, 'utf8');
        return { contents: source.includes(STREAM_SETTING) ? NO_STREAMS : source, loader: 'js' };
      },
    );
  },
};

const ERROR_SCHEMA = new RegExp(
  [
    '^export var (\\w+)\\$ = \\[-3, n0, (\\w+),',
    '    \\{([^\\n]*)\\},',
    '    \\[[^\\n]*\\],',
    '    \\[[^\\n]*\\]',
    '\\];',
    'n0_registry\\.registerError\\((\\w+)\\$, (\\w+)\\);\n',
  ].join('\n'),
  'gm',
);

/**
 * The schemas of a client without those of errors that say nothing but the name that the service says anyway. In the
 * query protocol, and in what replaced it at some services, the service may say another name than the client does, or one
 * name for two: the trait `awsQueryError` has it, and such an error stays. So does one whose class says to try again.
 *
 * @param classes - the client's `models/errors.js`
 * @param settings - the client's `runtimeConfig.shared.js`, which has its protocol
 */
function withoutErrorSchemas(source, classes, settings) {
  const isKnown = /protocol: config\?\.protocol \?\? (AwsJson1_[01]Protocol|AwsQueryProtocol),/.test(settings);
  if (!isKnown) return source;
  const isQuery = /AwsQueryProtocol|awsQueryCompatible: true/.test(settings);
  return source.replace(ERROR_SCHEMA, (all, name, constant, traits, registered, errorClass) => {
    // It is named here and where it is registered.
    const isUsed = source.split(`${name}$`).length > 3 || registered !== name || errorClass !== name;
    const code = /\[_aQE\]: \[`(\w+)`/.exec(traits)?.[1];
    const isOwnCode = source.includes(`const ${constant} = "${code}";\n`) && source.split(`\`${code}\``).length === 2;
    const isRenamed = isQuery && code !== undefined && !isOwnCode;
    const isTriedAgain = new RegExp(`^export class ${name} [^}]*\\$retryable`, 'm').test(classes);
    return isUsed || isRenamed || isTriedAgain ? all : '';
  });
}

const STREAM_SETTING = `export { resolveEventStreamSerdeConfig } from "./eventstream-serde-config-resolver/EventStreamSerdeConfig";`;
const NO_STREAMS = `
${STREAM_SETTING}
export const eventStreamSerdeProvider = () => ({});
export class EventStreamSerde {
  constructor() {
    throw new Error('streams of events are left out of this bundle');
  }
}
`;

module.exports = [smallSdk];
