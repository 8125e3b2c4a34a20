/** Who may import whom: the table of the architecture, as rules. Type imports count. */

const ALL = [
  'model',
  'lib',
  'language',
  'llm',
  'content',
  'store',
  'runtime',
  'features',
  'channels',
  'documents',
  'admin',
  'community',
  'commands',
];

/** Beside its own folder. */
const MAY_IMPORT = {
  model: [],
  lib: ['model'],
  language: ['model', 'lib'],
  llm: ['model', 'lib'],
  content: ['model', 'lib'],
  store: ['model', 'lib'],
  documents: ['model', 'lib'],
  channels: ['model', 'lib'],
  runtime: ['model', 'lib', 'store'],
  features: ['model', 'lib', 'language', 'content', 'store', 'documents'],
  community: ['model', 'lib', 'store', 'runtime', 'features'],
  admin: ['model', 'lib', 'store', 'content', 'documents', 'features'],
};

/** A port that is named where the folder behind it is not open. */
const PORTS = {
  runtime: ['^src/channels/channel\\.ts$'],
  features: ['^src/runtime/feature\\.ts$'],
  admin: ['^src/runtime/(feature|unasked-rules)\\.ts$'],
};

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-keeps-to-its-own`,
  severity: 'error',
  from: { path: `^src/${folder}/` },
  to: {
    path: `^src/(${ALL.join('|')})/|^src/[^/]+\\.ts$`,
    pathNot: [`^src/(${[folder, ...allowed].join('|')})/`, ...(PORTS[folder] ?? [])],
  },
}));

/** Each SDK has one home. */
const HOMES = {
  'better-sqlite3': '^src/store/',
  pg: '^src/store/postgres/',
  kysely: '^src/store/',
  hucre: '^src/documents/',
  croner: '^src/(runtime|features/tips)/',
  'node-cron': '^src/runtime/',
  pino: '^src/lib/',
  'csv-parse': '^src/content/',
  commander: '^src/(main\\.js|commands/)',
  grammy: '^src/channels/telegram/',
  undici: '^src/(channels/telegram|llm)/',
  '@wecom/aibot-node-sdk': '^src/channels/wecom/',
  'wechaty-puppet': '^src/channels/wechat/',
  'wechaty-puppet-service': '^src/channels/wechat/',
  'file-box': '^src/channels/wechat/',
  sharp: '^src/documents/',
};

const sdkRules = Object.entries(HOMES).map(([name, home]) => ({
  name: `${name}-has-one-home`,
  severity: 'error',
  from: { path: '^src/', pathNot: home },
  to: { path: `node_modules/${name}/` },
}));

export default {
  forbidden: [
    ...folderRules,
    ...sdkRules,
    { name: 'no-circles', severity: 'error', from: { path: '^src/' }, to: { circular: true } },
    {
      name: 'features-are-islands',
      severity: 'error',
      from: { path: '^src/features/([^/]+)/' },
      to: { path: '^src/features/', pathNot: '^src/features/$1/' },
    },
    {
      name: 'channels-are-islands',
      severity: 'error',
      from: { path: '^src/channels/([^/]+)/' },
      to: { path: '^src/channels/[^/]+/', pathNot: '^src/channels/($1|folding)/' },
    },
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '-rules\\.ts$', pathNot: '^src/runtime/schedule-rules\\.ts$' },
      to: {
        path: '^src/(store|runtime|features|channels|admin|content)/|node_modules/',
        pathNot: '-rules\\.ts$|-words\\.ts$|-text\\.ts$|^src/channels/channel\\.ts$|/transport\\.ts$|zod',
      },
    },
    {
      name: 'only-the-command-line-starts-the-app',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main\\.js|commands/)' },
      to: { path: '^src/app\\.ts$' },
    },
    {
      name: 'only-what-is-declared',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    },
    { name: 'found', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.json'],
    },
  },
};
