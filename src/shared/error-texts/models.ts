/** Errors about models and their files. */
import type { ErrorEntry } from './entry.ts';

export const modelsErrors = {
  modelNotFound: {
    code: 'not-found',
    en: 'There is no model named "{name}". Known models: {known}.',
    'zh-CN': '没有名为“{name}”的模型。现有模型：{known}。',
  },
  modelNotLoaded: {
    code: 'not-found',
    en: 'The engine has not loaded a model "{model}".',
    'zh-CN': '引擎尚未加载模型“{model}”。',
  },
  modelFileUnsupported: {
    code: 'unsupported',
    en: 'The model file uses {thing}, which Digit Studio does not support.',
    'zh-CN': '模型文件使用了 Digit Studio 不支持的 {thing}。',
  },
  modelFileDamaged: {
    code: 'bad-input',
    en: 'The model file is damaged: {problem}.',
    'zh-CN': '模型文件已损坏：{problem}。',
  },
  modelNameTaken: {
    code: 'conflict',
    en: 'There is already a model named "{name}". Choose another name.',
    'zh-CN': '已存在名为“{name}”的模型。请换一个名称。',
  },
  modelNameInvalid: {
    code: 'bad-input',
    en: '"{name}" cannot be a model name: {problem}.',
    'zh-CN': '“{name}”不能用作模型名称：{problem}。',
  },
  modelNotBundled: {
    code: 'not-found',
    en: 'No model is bundled with this copy of the app. Train one, or run "npm run setup" to build it.',
    'zh-CN': '此应用副本未附带模型。请先训练一个模型，或运行“npm run setup”生成它。',
  },
  modelDamaged: {
    code: 'storage',
    en: 'The files of model "{name}" are damaged: {problem}. Remove the model or train it again.',
    'zh-CN': '模型“{name}”的文件已损坏：{problem}。请删除该模型或重新训练。',
  },
  evaluationClassesDiffer: {
    code: 'bad-input',
    en: 'Model "{model}" reads the classes {modelClasses}; dataset "{dataset}" has {datasetClasses}.',
    'zh-CN': '模型“{model}”识别的类别为 {modelClasses}；数据集“{dataset}”的类别为 {datasetClasses}。',
  },
} as const satisfies Record<string, ErrorEntry>;
