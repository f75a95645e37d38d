'use strict';

const tsx = require('tsx/cjs/api');

const { templateFor } = tsx.require('../src/parameters/template.ts', __filename);

/**
 * What the template of `serverless.yml` has from the table of rule parameters: its parameters, their conditions, and what
 * the rule is given. A wrong `--param` ends the packaging here, before anything is deployed.
 */
module.exports = ({ options }) => {
  const made = templateFor([options.param ?? []].flat());
  if (made.kind === 'template') {
    const { Parameters, Conditions, inputParameters } = made.template;
    return { Parameters, Conditions, Resources: { Rule: { Properties: { InputParameters: inputParameters } } } };
  }
  const error = new Error(made.problems.join('\n'));
  // Serverless prints the stack of an error; here only the message says anything.
  error.stack = `\n${error.message}\n`;
  throw error;
};
