import { dirname } from 'node:path';

/**
 * Mutation tests of the files that decide a verdict. `FOLDER=chain/topic npm run mutation` mutates one folder, or one file, of `src/`;
 * without FOLDER all of them are mutated, which takes hours. Random tests and large tables are left out: each runs for seconds per mutant, and what only
 * they kill needs a test that says what is wrong. Between mutants the source forgets what it remembers.
 *
 * `CONCURRENCY=1` leaves the other processors alone.
 */
const PUBLISHING = ['lambda/publish.ts', 'report/evaluations.ts'];
const FOLDERS = ['chain', 'conditions', 'event-pattern', 'filter-pattern', 'log-query', ...PUBLISHING];

const SLOW = [
  'test/chain/{laws,published-modules,reasons,verdict-cases}.test.ts',
  'test/chain/required/few-steps.test.ts',
  'test/chain/alarm/firing/{simulation,alarm-machine}.test.ts',
  'test/event-pattern/compare/{random-questions,catalog}.test.ts',
  'test/event-pattern/match/match-laws.test.ts',
  'test/filter-pattern/compare/{random-pairs,memory,compare-laws,adversarial,corpus}.test.ts',
  'test/filter-pattern/match/match-laws.test.ts',
];

/** One by one: mocha finds no file by a name with braces and without an asterisk. */
const OF_WHOLE_CHAINS = ['known-failures', 'walk', 'judge', 'together'].map((name) => `test/chain/${name}.test.ts`);
const OF_LINKS = 'test/chain/{trail,log-group,topic,subscriber}/*.test.ts';
const OF_RULES_AND_FILTERS = 'test/chain/{metric-filter,event-rule}/*.test.ts';

const folders = process.env.FOLDER === undefined ? FOLDERS : [process.env.FOLDER];

const filesIn = (root, name, suffix) => {
  const path = `${root}/${name.replace(/\.ts$/, '')}`;
  return name.endsWith('.ts') ? `${path}${suffix}` : `${path}/**/*${suffix}`;
};

/** The tests of the folder, and where they are few a handful of others that use it. */
const testsOf = (name) => {
  const own = filesIn('test', name, '.test.ts');
  if (/^chain\/(base|required)/.test(name)) return [own, ...OF_WHOLE_CHAINS, OF_LINKS, OF_RULES_AND_FILTERS];
  // What links give to a walk is in many tests of the links.
  if (/^chain\/[^/]+\.ts$/.test(name)) return [own, ...OF_WHOLE_CHAINS, OF_RULES_AND_FILTERS];
  // A file may be tested through others of its link.
  const link = /^chain\/[^/.]+/.exec(name)?.[0];
  const folder = name.endsWith('.ts') ? dirname(name) : name;
  if (link !== undefined) return [`test/${folder}/**/*.test.ts`, `test/${link}/*.test.ts`, ...OF_WHOLE_CHAINS];
  if (name.startsWith('conditions')) return [own, 'test/{event,filter}-pattern/compare/*.test.ts'];
  return [own];
};

export default {
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunner: 'mocha',
  testRunnerNodeArgs: [
    '--no-experimental-require-module',
    '--import',
    'tsx/esm',
    '--import',
    './.ci/forget-between-mutants.mjs',
  ],
  buildCommand: 'node .ci/forget-between-mutants.mjs',
  mochaOptions: { config: '.mocharc.json', spec: folders.flatMap(testsOf), ignore: SLOW },
  mutate: folders.map((name) => filesIn('src', name, '.ts')),
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: Number(process.env.CONCURRENCY ?? 2),
  timeoutMS: 20000,
  reporters: ['clear-text', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'reports/mutation.html' },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['.serverless', '.esbuild', 'coverage', 'reports', '/dist'],
};
