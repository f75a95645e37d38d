/**
 * Mutation tests of the files that decide a verdict. `FOLDER=chain/topic npm run mutation` mutates one folder, or one file, of `src/`;
 * without FOLDER all of them are mutated, which takes hours. Random tests are left out: each runs for seconds per mutant, and what only
 * they kill needs a test that says what is wrong.
 */
const PUBLISHING = ['lambda/publish.ts', 'report/evaluations.ts'];
const FOLDERS = ['chain', 'conditions', 'event-pattern', 'filter-pattern', ...PUBLISHING];

const SLOW = [
  'test/chain/{laws,published-modules}.test.ts',
  'test/chain/required/compare-in-time.test.ts',
  'test/chain/alarm/firing/{simulation,alarm-machine}.test.ts',
  'test/event-pattern/compare/{random-questions,catalog}.test.ts',
  'test/event-pattern/match/match-laws.test.ts',
  'test/filter-pattern/compare/{random-pairs,memory,compare-laws,adversarial,corpus}.test.ts',
  'test/filter-pattern/match/match-laws.test.ts',
];

/** One by one: mocha finds no file by a name with braces and without an asterisk. */
const OF_WHOLE_CHAINS = ['known-failures', 'walk', 'judge', 'together'].map((name) => `test/chain/${name}.test.ts`);

const folders = process.env.FOLDER === undefined ? FOLDERS : [process.env.FOLDER];

const filesIn = (root, name, suffix) => {
  const path = `${root}/${name.replace(/\.ts$/, '')}`;
  return name.endsWith('.ts') ? `${path}${suffix}` : `${path}/**/*${suffix}`;
};

/** The tests of the folder, and where they are few a handful of others that use it. */
const testsOf = (name) => {
  const own = filesIn('test', name, '.test.ts');
  if (/^chain\/(base|required)/.test(name))
    return [own, 'test/chain/{topic,subscriber,trail,log-group}/*.test.ts', 'test/chain/*.test.ts'];
  if (name.startsWith('chain/')) return [own, ...OF_WHOLE_CHAINS];
  if (name.startsWith('conditions')) return [own, 'test/{event,filter}-pattern/compare/*.test.ts'];
  return [own];
};

export default {
  plugins: ['@stryker-mutator/mocha-runner'],
  testRunner: 'mocha',
  testRunnerNodeArgs: ['--import', 'tsx/esm'],
  mochaOptions: { config: '.mocharc.json', spec: folders.flatMap(testsOf), ignore: SLOW },
  mutate: folders.map((name) => filesIn('src', name, '.ts')),
  coverageAnalysis: 'perTest',
  ignoreStatic: true,
  concurrency: 2,
  timeoutMS: 20000,
  reporters: ['clear-text', 'html'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: 'reports/mutation.html' },
  tempDirName: '.stryker-tmp',
  ignorePatterns: ['.serverless', '.esbuild', 'coverage', 'reports', '/dist'],
};
