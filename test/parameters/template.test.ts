import { expect } from 'chai';

import { parameterFieldOf, kebabName, parameterNames } from '../../src/parameters/table.ts';
import { parameterTemplate, stackSettings, templateFor } from '../../src/parameters/template.ts';

const problemsOf = (...given: readonly string[]): readonly string[] => {
  const made = templateFor(given);
  return made.kind === 'invalid' ? made.problems : [];
};

describe('the parameters of the template', () => {
  it('are the rule parameters, each with a condition, and each is given to the rule', () => {
    const { Parameters, Conditions, inputParameters } = parameterTemplate();
    const ids = parameterNames.map((name) => name[0]!.toUpperCase() + name.slice(1));
    expect(Object.keys(Parameters)).to.deep.equal(ids);
    expect(Object.keys(Conditions)).to.deep.equal(ids.map((id) => `Has${id}`));
    expect(Object.keys(inputParameters)).to.deep.equal(parameterNames);
  });

  it('have defaults that CloudFormation allows and the parser reads as its own', () => {
    for (const name of parameterNames) {
      const { template, read, fallback } = parameterFieldOf(name);
      const { Default, AllowedValues, AllowedPattern, MinValue, MaxValue } = template;
      if (AllowedValues) expect(AllowedValues).to.include(Default);
      if (AllowedPattern !== undefined) expect(String(Default)).to.match(new RegExp(AllowedPattern));
      if (MinValue !== undefined) expect(Default).to.be.within(MinValue, MaxValue!);
      expect(Default === '' ? undefined : read(String(Default)), name).to.deep.equal(fallback);
    }
  });

  it('are refused by CloudFormation where the parser refuses them', () => {
    const { AllowedPattern } = parameterFieldOf('ExecutionRoleName').template;
    expect('*').not.to.match(new RegExp(AllowedPattern!));
    expect('audit/config-reader').to.match(new RegExp(AllowedPattern!));
    expect(parameterFieldOf('patternMatch').template.AllowedValues).to.deep.equal(['equivalent', 'covers']);
  });

  it('take the settings that are given as defaults, spelled as CloudFormation compares them', () => {
    const made = templateFor(['reportTrails=False', 'maxEventsToAlarm=3', 'filterPattern={ $.a = b }', 'assurance=']);
    const parameters = made.kind === 'template' ? made.template.Parameters : {};
    expect(parameters['ReportTrails']).to.include({ Default: 'false' });
    expect(parameters['MaxEventsToAlarm']).to.include({ Default: 3 });
    expect(parameters['FilterPattern']).to.include({ Default: '{ $.a = b }' });
    expect(parameters['Assurance']).to.include({ Default: 'working' });
  });

  it('are refused with what is allowed: a value, a name, a stack setting, a pattern, a pair', () => {
    const known = [...parameterNames, ...Object.keys(stackSettings)].join(', ');
    expect(problemsOf('patternMatch=coverz')).to.deep.equal([
      '`patternMatch` is `coverz`; allowed is one of equivalent, covers',
    ]);
    expect(problemsOf('paternMatch=covers')).to.deep.equal([`unknown setting \`paternMatch\`; allowed are ${known}`]);
    expect(problemsOf('ExecutionRoleName=*')).to.have.lengthOf(1);
    expect(problemsOf('schedule=Daily')[0]).to.match(/^`schedule` is `Daily`; allowed is one of One_Hour, /);
    expect(problemsOf(`ruleName=${'a'.repeat(38)}`)).to.have.lengthOf(1);
    expect(problemsOf('logRetentionInDays=91')).to.have.lengthOf(1);
    expect(problemsOf('filterPattern={ $.a = }')[0]).to.match(/^`filterPattern` is not a pattern/);
    expect(problemsOf('AssumeRoleMode=true')[0]).to.contain('`ExecutionRoleName` is not given');
    expect(problemsOf('constructor=x', 'toString=y')).to.have.lengthOf(2);
  });

  it('are refused where AWS Config would, together longer than 1,024 characters', () => {
    const pattern = `{ ${Array.from({ length: 41 }, (_none, at) => `$.eventName = Event${at}`).join(' || ')} }`;
    expect(problemsOf(`filterPattern=${pattern}`, 'patternMatch=covers')).to.deep.equal([
      'the rule parameters are too long: AWS Config takes at most 1024 characters in all',
    ]);
  });

  it('have kebab-case names on the command line, all different', () => {
    expect(kebabName('patternMatch')).to.equal('pattern-match');
    expect(kebabName('maxAlarmDelayMinutes')).to.equal('max-alarm-delay-minutes');
    expect(kebabName('AssumeRoleMode')).to.equal('assume-role-mode');
    expect(new Set(parameterNames.map(kebabName))).to.have.lengthOf(parameterNames.length);
  });
});
