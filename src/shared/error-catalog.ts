/**
 * Every error a person may read, in every language of the UI, with its code. `{name}` is filled from the parameters.
 * An error that is not here cannot be raised with `fail`, so no message goes untranslated.
 */

/** What kind of failure it is; callers decide on this, never on the text. */
export type ErrorCode =
  | 'bad-input'
  | 'not-found'
  | 'conflict'
  | 'busy'
  | 'cancelled'
  | 'unsupported'
  | 'native-missing'
  | 'engine-failed'
  | 'storage'
  | 'refused'
  | 'internal';

export interface ErrorEntry {
  readonly code: ErrorCode;
  readonly en: string;
  readonly 'zh-CN': string;
}

export const errorCatalog = {
  unknownCall: {
    code: 'bad-input',
    en: 'There is no call named "{call}".',
    'zh-CN': '不存在名为“{call}”的调用。',
  },
  badArgument: {
    code: 'bad-input',
    en: 'The argument of {call} is not valid: {problem}.',
    'zh-CN': '{call} 的参数无效：{problem}。',
  },
  badMessage: {
    code: 'bad-input',
    en: 'A message could not be read: {problem}.',
    'zh-CN': '无法读取消息：{problem}。',
  },
  cancelled: { code: 'cancelled', en: 'The operation was cancelled.', 'zh-CN': '操作已取消。' },
  linkClosed: {
    code: 'engine-failed',
    en: 'The connection was closed before the answer came.',
    'zh-CN': '连接在收到答复之前已关闭。',
  },
  internal: {
    code: 'internal',
    en: 'Something went wrong inside the app: {problem}',
    'zh-CN': '应用内部出错：{problem}',
  },
  datasetNotFound: {
    code: 'not-found',
    en: 'There is no dataset named "{name}". Known datasets: {known}.',
    'zh-CN': '没有名为“{name}”的数据集。现有数据集：{known}。',
  },
  modelNotFound: {
    code: 'not-found',
    en: 'There is no model named "{name}". Known models: {known}.',
    'zh-CN': '没有名为“{name}”的模型。现有模型：{known}。',
  },
  runNotFound: {
    code: 'not-found',
    en: 'There is no training run named "{name}".',
    'zh-CN': '没有名为“{name}”的训练任务。',
  },
  recipeNotFound: {
    code: 'not-found',
    en: 'There is no recipe named "{name}". Known recipes: {known}.',
    'zh-CN': '没有名为“{name}”的配方。现有配方：{known}。',
  },
  starterMissing: {
    code: 'storage',
    en: 'The starter data {path} cannot be read. Run "npm run setup" to build it.',
    'zh-CN': '无法读取起始数据 {path}。请运行“npm run setup”生成它。',
  },
  starterDamaged: {
    code: 'storage',
    en: 'The starter data {path} is damaged: {problem}. Delete it and run "npm run setup" to build it again.',
    'zh-CN': '起始数据 {path} 已损坏：{problem}。请删除它并运行“npm run setup”重新生成。',
  },
} as const satisfies Record<string, ErrorEntry>;

export type ErrorKey = keyof typeof errorCatalog;

type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The parameters that the message of `Key` names: exactly these must be given. */
export type ErrorParameters<Key extends ErrorKey> = Record<
  Placeholders<(typeof errorCatalog)[Key]['en']>,
  string | number
>;
