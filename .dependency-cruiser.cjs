// The walls of the house (ARCHITECTURE.md). A rule's comment says what to do instead.
const wings = [
  'people',
  'intake',
  'records',
  'insight',
  'books',
  'policy',
  'action',
  'voice',
  'loyalty',
  'report',
];

/** A wing may use itself and the earlier ones; what flows the other way is registered in app.ts or told by an event. */
const wingOrder = wings.map((wing, index) => ({
  name: `wing-${wing}-looks-back-only`,
  comment: `${wing} comes before the wings it imports here. Offer a place to register in ${wing}, and register in app.ts.`,
  severity: 'error',
  from: { path: `^apps/server/src/modules/${wing}/` },
  to: { path: `^apps/server/src/modules/(${wings.slice(index + 1).join('|') || 'none'})/` },
}));

module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two files that need each other are one file, or miss a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'stats-is-pure',
      comment: '@kezi/stats runs in a browser and alone: no import from outside its own folder.',
      severity: 'error',
      from: { path: '^packages/stats/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^packages/stats/src/' },
    },
    {
      name: 'contract-knows-zod-only',
      severity: 'error',
      from: { path: '^packages/contract/src/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^(packages/contract/src/|node_modules/zod)' },
    },
    {
      name: 'packages-stand-alone',
      comment: 'A package is usable without the applications.',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^apps/' },
    },
    {
      name: 'testkit-in-tests-only',
      severity: 'error',
      from: { path: '^(packages|apps)/', pathNot: '(\\.test\\.tsx?$|^packages/testkit/|/src/testing/)' },
      to: { path: '^packages/testkit/' },
    },
    {
      name: 'platform-knows-no-business',
      comment: 'Platform offers, modules register. Move the business word into its slice.',
      severity: 'error',
      from: { path: '^apps/server/src/platform/' },
      to: { path: '^apps/server/src/(modules|pipeline)/' },
    },
    {
      name: 'slices-meet-at-doors',
      comment: 'Another slice is entered through its index.ts only.',
      severity: 'error',
      from: { path: '^apps/server/src/modules/([^/]+/[^/]+)/', pathNot: '\\.test\\.ts$' },
      to: {
        path: '^apps/server/src/modules/[^/]+/[^/]+/',
        pathNot: '(^apps/server/src/modules/$1/|/index\\.ts$)',
      },
    },
    ...wingOrder.filter((rule) => !rule.to.path.includes('(none)')),
    {
      name: 'features-meet-in-app',
      comment: 'A web feature is self-contained; what two features share lives in ui/ or lib/.',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+/[^/]+)/' },
      to: { path: '^apps/web/src/(features/(?!$1/)|app/)' },
    },
    {
      name: 'ui-knows-no-feature',
      severity: 'error',
      from: { path: '^apps/web/src/(ui|lib)/' },
      to: { path: '^apps/web/src/(features|app)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|bundle|\\.cache)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.tests.json' },
    enhancedResolveOptions: {
      conditionNames: ['kezi-source', 'types', 'import', 'default'],
      exportsFields: ['exports'],
    },
  },
};
