/**
 * Who may import whom. Code flows one way:
 * conditions -> filter-pattern -> event-pattern, log-query, controls, parameters -> chain -> report, remediation, redaction -> assessment -> lambda, cli
 */
const outside = (...folders) => ({ path: '.', pathNot: folders.map((folder) => `^src/${folder}/`) });

/** One rule for each stage of a folder: it imports itself and the stages before it, never one behind it. */
const stagesOf = (folder, ...stages) =>
  stages.slice(0, -1).map(([stage, comment], index) => ({
    name: `${folder}-${stage.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-before-what-follows`,
    comment,
    severity: 'error',
    from: { path: `^src/${folder}/${stage}/` },
    to: { path: stages.slice(index + 1).map(([later]) => `^src/${folder}/${later}`) },
  }));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle has no first file to read, and no part of it can be tested or replaced alone.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'unresolvable',
      comment: 'An import that cannot be resolved would be found by the user, at run time.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-orphans',
      comment: 'A source file that nobody imports is dead, or was meant to be used and is not.',
      severity: 'error',
      from: { orphan: true, path: '^src/' },
      to: {},
    },
    {
      name: 'conditions-stand-alone',
      comment: 'Both pattern languages ask the same questions of JSON events, so the answers know neither of them.',
      severity: 'error',
      from: { path: '^src/conditions/' },
      to: outside('conditions'),
    },
    {
      name: 'conditions-serve-languages',
      comment: 'The rest of the program asks a language, never the search below it.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(conditions|filter-pattern|event-pattern|log-query)/' },
      to: { path: '^src/conditions/' },
    },
    {
      name: 'filter-pattern-stands-alone',
      comment:
        'The language must be publishable alone and run anywhere: no other folder, no package, no Node built-in.',
      severity: 'error',
      from: { path: '^src/filter-pattern/' },
      to: outside('filter-pattern', 'conditions'),
    },
    {
      name: 'filter-pattern-by-its-door',
      comment: 'Users of the language see what index.ts offers; everything else in the folder may change freely.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/filter-pattern/' },
      to: { path: '^src/filter-pattern/', pathNot: '^src/filter-pattern/index\\.ts$' },
    },
    ...stagesOf(
      'conditions',
      ['event', 'Events, numbers and words are what conditions are asked of. They exist without any condition.'],
      ['languages', 'An automaton knows texts only, so that it can be tested with texts alone.'],
      ['texts', 'A text is found for tests, whatever part of an event they ask about.'],
      ['formula', 'What is asked of an event is written down before anybody searches for one.'],
      ['search', 'The search knows formulas, not patterns.'],
    ),
    ...stagesOf(
      'filter-pattern',
      ['syntax', 'The tree is plain data that programs build without the parser, so it depends on nothing.'],
      ['ambiguities', 'What AWS leaves open is data. A matcher and a comparison must read the same table.'],
      ['event', 'What a pattern finds in an event does not depend on how the pattern is written.'],
      ['(parse|print)', 'Text becomes a tree and a tree becomes text without a question of what the tree means.'],
      ['match', 'The matcher is the reference meaning. It must not depend on the search that it checks.'],
      ['compare', 'The comparison is last: it may use every other stage.'],
    ),
    ...stagesOf(
      'filter-pattern',
      ['compare/languages', 'An automaton knows texts only, so that it can be tested with texts alone.'],
      ['compare/formula', 'What is asked of an event is written down before anybody searches for one.'],
      ['compare/terms', 'Terms are reduced to JSON patterns, and what they cannot say is tried.'],
      ['compare/(compare|find-event|find-json-event)\\.ts$', 'The questions themselves come last.'],
    ),
    {
      name: 'event-pattern-stands-alone',
      comment:
        'This language compares itself with the filter language, and needs no other folder, package or Node built-in.',
      severity: 'error',
      from: { path: '^src/event-pattern/' },
      to: { path: '.', pathNot: ['^src/event-pattern/', '^src/conditions/', '^src/filter-pattern/index\\.ts$'] },
    },
    {
      name: 'event-pattern-by-its-door',
      comment: 'Users of the language see what index.ts offers; everything else in the folder may change freely.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/event-pattern/' },
      to: { path: '^src/event-pattern/', pathNot: '^src/event-pattern/index\\.ts$' },
    },
    ...stagesOf(
      'event-pattern',
      ['syntax', 'The tree is plain data that programs build without the parser, so it depends on nothing.'],
      ['(parse|print)', 'Text becomes a tree and a tree becomes text without a question of what the tree means.'],
      ['match', 'The matcher is the reference meaning. It must not depend on the search that it checks.'],
      ['compare', 'The comparison is last: it may use every other stage.'],
    ),
    {
      name: 'log-query-stands-alone',
      comment:
        'This language compares itself with the filter language, and needs no other folder, package or Node built-in.',
      severity: 'error',
      from: { path: '^src/log-query/' },
      to: { path: '.', pathNot: ['^src/log-query/', '^src/conditions/', '^src/filter-pattern/index\\.ts$'] },
    },
    {
      name: 'log-query-by-its-door',
      comment: 'Users of the language see what index.ts offers; everything else in the folder may change freely.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/log-query/' },
      to: { path: '^src/log-query/', pathNot: '^src/log-query/index\\.ts$' },
    },
    {
      name: 'controls-are-data',
      comment: 'The catalog says what to watch, in patterns. It knows nothing of accounts or of how they are read.',
      severity: 'error',
      from: { path: '^src/controls/' },
      to: { path: '.', pathNot: ['^src/controls/', '^src/filter-pattern/'] },
    },
    {
      name: 'parameters-are-pure',
      comment: 'Both entry points parse parameters; parsing needs the catalog and the language and nothing else.',
      severity: 'error',
      from: { path: '^src/parameters/' },
      to: { path: '.', pathNot: ['^src/parameters/', '^src/controls/', '^src/filter-pattern/'] },
    },
    {
      name: 'inventory-model-is-plain-data',
      comment:
        'The model and the reader interface are what every other part agrees on, so they depend on none of them.',
      severity: 'error',
      from: {
        path: '^src/inventory/(alarm-resources|model|part-keys|resources|reader|arn|place|origin|service-name|default-topic-policy)\\.ts$',
      },
      to: {
        path: '.',
        pathNot:
          '^src/inventory/(alarm-resources|model|part-keys|resources|reader|arn|place|origin|service-name|default-topic-policy)\\.ts$',
      },
    },
    {
      name: 'readers-never-judge',
      comment: 'A reader fetches what it is asked for. What it means is decided elsewhere, from plain data.',
      severity: 'error',
      from: { path: '^src/inventory/' },
      to: { path: '^src/', pathNot: '^src/inventory/' },
    },
    {
      name: 'chain-is-pure',
      comment: 'The judgement is a function of plain data: no reader, no SDK, no Node built-in, no package.',
      severity: 'error',
      from: { path: '^src/chain/' },
      to: {
        path: '.',
        pathNot: [
          '^src/chain/',
          '^src/controls/',
          '^src/parameters/',
          '^src/(filter-pattern|event-pattern|log-query)/index\\.ts$',
          '^src/inventory/(model|part-keys|resources|arn|service-name)\\.ts$',
        ],
      },
    },
    {
      name: 'assessment-needs-only-the-interface',
      comment: 'The use cases work with any reader, so that a snapshot, an account and a test share one path.',
      severity: 'error',
      from: { path: '^src/assessment/' },
      to: {
        path: '.',
        pathNot: [
          '^src/(assessment|chain|controls|parameters|redaction)/',
          '^src/inventory/(model|part-keys|resources|reader)\\.ts$',
        ],
      },
    },
    {
      name: 'report-is-pure',
      comment: 'A report is a function of the verdict, so that the same verdict always gives the same words.',
      severity: 'error',
      from: { path: '^src/report/' },
      to: {
        path: '.',
        pathNot: [
          '^src/report/',
          '^src/(chain|controls|parameters)/',
          '(^|/)node_modules/(csv-stringify|string-width)/',
          '^src/inventory/(model|part-keys|resources|arn|place|origin)\\.ts$',
        ],
      },
    },
    {
      name: 'remediation-is-pure',
      comment: 'A remediation follows from the verdict and the inventory alone. It calls no service.',
      severity: 'error',
      from: { path: '^src/remediation/' },
      to: {
        path: '.',
        pathNot: [
          '^src/remediation/',
          '^src/(chain|controls|parameters)/',
          '^src/inventory/(model|part-keys|resources|arn|default-topic-policy)\\.ts$',
          '^src/report/(sanitize-line|wrap-text|free-name)\\.ts$',
        ],
      },
    },
    {
      name: 'redaction-is-pure',
      comment: 'The same account under other names is worked out from the inventory alone: no reader, no package.',
      severity: 'error',
      from: { path: '^src/redaction/' },
      to: {
        path: '.',
        pathNot: [
          '^src/redaction/',
          '^src/controls/catalog\\.ts$',
          '^src/(filter-pattern|event-pattern|log-query)/index\\.ts$',
          '^src/chain/(alarm/composite/rule|subscriber/filter-condition|base/(by-code-unit|json|link|wildcard))\\.ts$',
          '^src/inventory/(model|part-keys|resources|arn)\\.ts$',
        ],
      },
    },
    {
      name: 'entry-points-are-ends',
      comment: 'Nothing imports an entry point, and the two do not import each other: what they share is the use case.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(lambda|cli)/' },
      to: { path: '^src/(lambda|cli)/' },
    },
    {
      name: 'lambda-without-cli',
      comment: 'The two entry points share the use case, not each other.',
      severity: 'error',
      from: { path: '^src/lambda/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'cli-without-lambda',
      comment: 'The two entry points share the use case, not each other.',
      severity: 'error',
      from: { path: '^src/cli/' },
      to: { path: '^src/lambda/' },
    },
    {
      name: 'sdk-stays-in-its-folders',
      comment:
        'SDK types end at the inventory folder and the Lambda publisher; everything else sees our own plain data.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(inventory/aws|lambda)/' },
      to: { path: 'node_modules/@(aws-sdk|smithy)' },
    },
    {
      name: 'concrete-readers-at-the-entry-points',
      comment: 'Only the entry points choose where an inventory comes from.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(lambda|cli|inventory)/' },
      to: { path: '^src/inventory/(snapshot-reader|aws)' },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'What ships must not need what tests.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|docs)/' },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      comment: 'Development packages are absent where the product runs.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
