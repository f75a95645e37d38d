/**
 * Makes the SDK smaller in the function's bundle, without a change of what it does: a plugin of esbuild, for
 * `custom.esbuild` in serverless.yml.
 *
 * - The package.json of a client is imported for its name and version alone.
 * - A client has a class for each error of its service, of which all but the name, the fault and the members is the same.
 *   One function makes them. A file that does not look as expected is left as it is: then the bundle is larger, and the
 *   packaging says so.
 */
const { readFileSync } = require('node:fs');

const smallSdk = {
  name: 'small-sdk',
  setup(build) {
    build.onLoad({ filter: /node_modules[\\/]@(aws-sdk|smithy)[\\/][^\\/]+[\\/]package\.json$/ }, ({ path }) => {
      const { name, version } = JSON.parse(readFileSync(path, 'utf8'));
      return { contents: JSON.stringify({ name, version }), loader: 'json' };
    });
    build.onLoad({ filter: /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]models[\\/]errors\.js$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      return { contents: smallErrors(source) ?? source, loader: 'js' };
    });
  },
};

const CLASS = new RegExp(
  [
    '^export class (\\w+) extends __BaseException \\{',
    '(?:    static shapeId = ("[^"]+");\n)?    name = "(\\w+)";',
    '    \\$fault = "(client|server)";',
    '((?:    \\w+;\n)*)    constructor\\(opts\\) \\{',
    '        super\\(\\{',
    '            name: "(\\w+)",',
    '            \\$fault: "(client|server)",',
    '            \\.\\.\\.opts,',
    '        \\}\\);',
    '        Object\\.setPrototypeOf\\(this, (\\w+)\\.prototype\\);',
    '((?:        this\\.\\w+ = opts\\.\\w+;\n)*)    \\}',
    '\\}$',
  ].join('\n'),
  'gm',
);

/** The same classes in fewer bytes, or `undefined` if the file does not look as expected. */
function smallErrors(source) {
  let isFit = true;
  const rest = source.replace(
    CLASS,
    (_all, name, shapeId, ownName, fault, fields, superName, superFault, prototype, assignments) => {
      const members = [...fields.matchAll(/(\w+);/g)].map(([, member]) => member);
      const assigned = members.map((member) => `        this.${member} = opts.${member};\n`).join('');
      isFit &&= [ownName, superName, prototype].every((one) => one === name) && superFault === fault;
      isFit &&= assigned === assignments;
      const args = [JSON.stringify(name), JSON.stringify(fault), JSON.stringify(members), shapeId ?? 'undefined'];
      return `export const ${name} = /* @__PURE__ */ errorClass(${args.join(', ')});`;
    },
  );
  // The one class that has more, `$retryable`, stays as it is.
  return isFit && /errorClass\(/.test(rest) ? `${rest}\n${ERROR_CLASS}` : undefined;
}

const ERROR_CLASS = `
function errorClass(name, fault, members, shapeId) {
  const Named = {
    [name]: class extends __BaseException {
      constructor(opts) {
        super({ name, $fault: fault, ...opts });
        Object.setPrototypeOf(this, Named.prototype);
        this.name = name;
        this.$fault = fault;
        for (const member of members) this[member] = opts[member];
      }
    },
  }[name];
  if (shapeId !== undefined) Named.shapeId = shapeId;
  return Named;
}
`;

module.exports = [smallSdk];
