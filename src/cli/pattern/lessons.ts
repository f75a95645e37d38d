import { COMMON_EXIT_CODES, type HelpText } from '../terminal/help.ts';

const EXIT_CODES = [
  `Exit codes: 0 answered yes; 1 could not run; 2 the answer is no; 3 undecided; ${COMMON_EXIT_CODES}.`,
  'With --stdin: 0 all lines were answered; 1 a line could not be answered (its answer is {"error": ...}).',
];

export const PARSE_LESSON: HelpText = {
  about: [
    'A pattern is valid, or AWS refuses it (then the place and the fix are shown), or AWS does not document whether it ' +
      'is valid.',
  ],
  examples: [
    ["{cli} pattern parse '{($.eventName=DeactivateMFADevice)}'"],
    [`{cli} pattern parse --format json "{ \\$.eventName == 'DeactivateMFADevice' }"`],
    [`{cli} pattern parse '{"source":["aws.iam"],"detail":{"eventName":[{"prefix":"Deactivate"}]}}'`],
    [`echo '{"pattern":"{ $.a = 1 }"}' | {cli} pattern parse --stdin`],
  ],
  notes: [
    'JSON: {"valid": true|false|"undecided", "kind"?, "canonical"?, "issue"?}, where an issue is {"offset", "found", ' +
      '"expected", "hint"?}; the offset counts UTF-16 units from 0. With --stdin every line is {"pattern"}.',
    ...EXIT_CODES,
  ],
};

export const MATCH_LESSON: HelpText = {
  about: [
    'An event is a raw log message; for an event pattern, it is the event of EventBridge with its envelope. The answer is undecided where it depends on something that AWS does not document. ' +
      'The reason names it.',
  ],
  examples: [
    [`{cli} pattern match '{ $.eventName = "Deactivate*" }' '{"eventName":"DeactivateMFADevice"}'`],
    [`{cli} pattern match --format json '{ $.a.b NOT EXISTS }' '{"a":null}'`],
    [`{cli} pattern match '{"source":["aws.iam"]}' '{"source":"aws.iam","detail":{}}'`],
    [`echo '{"pattern":"{ $.n = 12 }","event":{"n":12.0}}' | {cli} pattern match --stdin`],
  ],
  notes: [
    'JSON: {"matches": true|false|"undecided", "reason"?}, or {"invalid": issue} for a pattern that AWS refuses.',
    'With --stdin every line is {"pattern", "event"}; an event is an object, which stands for its JSON text (numbers ' +
      'keep their spelling, because a quoted value tells 12.0 from 12), or a string, which is the raw message.',
    ...EXIT_CODES,
  ],
};

export const COMPARE_LESSON: HelpText = {
  about: [
    'Compares the events that the candidate matches with those that the required pattern matches: equivalent, broader, ' +
      'narrower, overlapping, disjoint, never (no event can match the candidate), undecided. Example events prove the ' +
      'answer.',
    'An event pattern is compared with the filter pattern for the record in `detail`. What the envelope of a required event ' +
      'looks like follows from the premises; without any, from the control that has this filter pattern, or else from that ' +
      'of API calls.',
  ],
  examples: [
    [`{cli} pattern compare '{ $.eventName = "Deactivate*" }' '{ $.eventName = "DeactivateMFADevice" }'`],
    [
      `{cli} pattern compare --premises '{ $.eventSource = "iam.amazonaws.com" }' ` +
        `'{ $.eventName = A && $.eventSource = "iam.amazonaws.com" }' '{ $.eventName = A }'`,
    ],
    [
      `{cli} pattern compare '{"source":["aws.iam"],"detail":{"eventName":["DeactivateMFADevice"]}}' ` +
        `'{ $.eventName = "DeactivateMFADevice" }'`,
      'an EventBridge rule with a filter pattern',
    ],
    [`echo '{"candidate":"{ $.a >= 2 }","required":"{ $.a > 1 }"}' | {cli} pattern compare --stdin`],
  ],
  notes: [
    'JSON: {"relation", "missedEvent"?, "extraEvent"?, "sharedEvent"?, "reason"?}. The relation may also be "invalid", ' +
      'for a pattern that AWS refuses; the reason says which. An event is a string, its JSON text, since a parsed ' +
      'number would lose its spelling.',
    'With --stdin every line is {"candidate", "required", "premises"?}. Premises are a pattern that every required ' +
      'event also satisfies.',
    ...EXIT_CODES,
  ],
};

export const PATTERN_LESSON: HelpText = {
  examples: [
    ["{cli} pattern parse '{($.eventName=DeactivateMFADevice)}'"],
    [`{cli} pattern match '{ $.eventName = "Deactivate*" }' '{"eventName":"DeactivateMFADevice"}'`],
    ["{cli} pattern compare '{ $.a = 1 && $.b = 2 }' '{ ($.b = 2) && ($.a = 1) }'"],
    ['{cli} pattern compare --help', 'all options of one command'],
  ],
};
