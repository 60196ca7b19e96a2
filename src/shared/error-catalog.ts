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
  badAnswer: {
    code: 'internal',
    en: 'The answer of {call} is not what was agreed: {problem}.',
    'zh-CN': '{call} 的答复不符合约定：{problem}。',
  },
  senderRefused: {
    code: 'refused',
    en: 'This call was refused: it does not come from the window of the app.',
    'zh-CN': '调用被拒绝：它不是来自本应用的窗口。',
  },
  portNotAvailable: {
    code: 'bad-input',
    en: 'Port {port} cannot be used: {problem}. Choose another one, or none for any that is free.',
    'zh-CN': '无法使用端口 {port}：{problem}。请换一个端口，或不指定端口以自动选择。',
  },
  badUsage: {
    code: 'bad-input',
    en: 'The command line is not valid: {problem}.',
    'zh-CN': '命令行无效：{problem}。',
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
  nativeMissing: {
    code: 'native-missing',
    en: 'Native TensorFlow could not be loaded ({problem}). Run "npm run setup" to install it.',
    'zh-CN': '无法加载本机 TensorFlow（{problem}）。请运行 “npm run setup” 进行安装。',
  },
  lossNotFinite: {
    code: 'engine-failed',
    en: 'The loss became {value} at epoch {epoch}, step {step}. Try a smaller learning rate (it was {learningRate}) or gradient clipping.',
    'zh-CN':
      '损失在第 {epoch} 轮第 {step} 步变成了 {value}。请尝试更小的学习率（当前为 {learningRate}）或梯度裁剪。',
  },
  modelNotLoaded: {
    code: 'not-found',
    en: 'The engine has not loaded a model "{model}".',
    'zh-CN': '引擎尚未加载模型“{model}”。',
  },
  imagesMalformed: {
    code: 'bad-input',
    en: 'Images must have {expected} bytes each. Received {received} bytes.',
    'zh-CN': '每张图像必须有 {expected} 字节。收到 {received} 字节。',
  },
  checkpointMismatch: {
    code: 'bad-input',
    en: 'The checkpoint does not belong to this network and these settings ({problem}).',
    'zh-CN': '检查点与此网络和设置不符（{problem}）。',
  },
  engineBusy: {
    code: 'busy',
    en: 'This engine process is already training.',
    'zh-CN': '此引擎进程已经在训练。',
  },
  badSetting: {
    code: 'bad-input',
    en: 'The setting "{setting}" is not valid ({problem}). Received: {received}.',
    'zh-CN': '设置“{setting}”无效（{problem}）。收到：{received}。',
  },
  layerNeedsImage: {
    code: 'bad-input',
    en: 'Layer "{layer}": its input must be an image of shape [height, width, channels]. Received: {received}.',
    'zh-CN': '层“{layer}”：输入必须是形状为 [高, 宽, 通道] 的图像。收到：{received}。',
  },
  layerNeedsFlat: {
    code: 'bad-input',
    en: 'Layer "{layer}": its input must be flat, so put a flatten layer before it. Received shape: {received}.',
    'zh-CN': '层“{layer}”：输入必须是一维的，请在它之前加一个 flatten 层。收到的形状：{received}。',
  },
  layerWindowTooLarge: {
    code: 'bad-input',
    en: 'Layer "{layer}": a window of {window} does not fit into its input with padding "valid". Received: {received}.',
    'zh-CN': '层“{layer}”：在 padding 为 "valid" 时，{window} 的窗口放不进输入。收到：{received}。',
  },
  layerReshapeManyUnknown: {
    code: 'bad-input',
    en: 'Layer "{layer}": targetShape may hold -1 once at most. Received: {received}.',
    'zh-CN': '层“{layer}”：targetShape 中最多只能有一个 -1。收到：{received}。',
  },
  layerReshapeSize: {
    code: 'bad-input',
    en: 'Layer "{layer}": targetShape must hold as many elements as its input {input}. Received: {received}.',
    'zh-CN': '层“{layer}”：targetShape 的元素个数必须与输入 {input} 相同。收到：{received}。',
  },
  layerTooFewInputs: {
    code: 'bad-input',
    en: 'Layer "{layer}": at least two layers must be named in "inputs". Received: {received}.',
    'zh-CN': '层“{layer}”：“inputs” 中至少要写两个层。收到：{received}。',
  },
  layerInputsDiffer: {
    code: 'bad-input',
    en: 'Layer "{layer}": all its inputs must have the same shape. Received: {received}.',
    'zh-CN': '层“{layer}”：所有输入的形状必须相同。收到：{received}。',
  },
  layerUnknownType: {
    code: 'bad-input',
    en: 'Layer "{layer}": there is no layer type "{type}". Known types: {known}.',
    'zh-CN': '层“{layer}”：没有名为“{type}”的层类型。已知类型：{known}。',
  },
  layerBadSetting: {
    code: 'bad-input',
    en: 'Layer "{layer}": the setting "{setting}" is not valid: {problem}. Received: {received}.',
    'zh-CN': '层“{layer}”：设置“{setting}”无效：{problem}。收到：{received}。',
  },
  layerUnknownSetting: {
    code: 'bad-input',
    en: 'Layer "{layer}": there is no setting "{setting}". Known settings: {known}.',
    'zh-CN': '层“{layer}”：没有名为“{setting}”的设置。已知设置：{known}。',
  },
  layerUnknownInput: {
    code: 'bad-input',
    en: 'Layer "{layer}": its input "{input}" is not the name of an earlier layer.',
    'zh-CN': '层“{layer}”：输入“{input}”不是前面某一层的名称。',
  },
  layerDuplicateName: {
    code: 'bad-input',
    en: 'Two layers are named "{layer}"; every name must be used once.',
    'zh-CN': '有两个层都叫“{layer}”；每个名称只能使用一次。',
  },
  networkMalformed: {
    code: 'bad-input',
    en: 'This is not a network: {problem}.',
    'zh-CN': '这不是有效的网络：{problem}。',
  },
  networkOutputMismatch: {
    code: 'bad-input',
    en: 'The last layer "{layer}" gives shape {received}, but the {classes} classes need shape [{classes}].',
    'zh-CN': '最后一层“{layer}”的输出形状是 {received}，而 {classes} 个类别需要形状 [{classes}]。',
  },
  networkNotTrainable: {
    code: 'bad-input',
    en: 'Layer "{layer}" uses {activation}, which has no gradient: such a network can be used but not trained.',
    'zh-CN': '层“{layer}”使用了 {activation}，它没有梯度：这样的网络可以使用，但不能训练。',
  },
  networkTooLarge: {
    code: 'bad-input',
    en: 'Training this network at batch size {batchSize} needs about {needed} MiB of memory; the limit is {limit} MiB. Use fewer units or filters, or smaller batches.',
    'zh-CN':
      '以批大小 {batchSize} 训练此网络约需 {needed} MiB 内存；上限为 {limit} MiB。请减少单元或滤波器数量，或使用更小的批。',
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
  homeNotFolder: {
    code: 'storage',
    en: 'The data folder {home} cannot be used: it, or a part of its path, is a file. Choose another with --home or DIGIT_STUDIO_HOME.',
    'zh-CN':
      '无法使用数据文件夹 {home}：它或其路径的一部分是文件。请用 --home 或 DIGIT_STUDIO_HOME 另选一个。',
  },
  homeNotWritable: {
    code: 'storage',
    en: 'The data folder {home} cannot be written: {problem}. Choose another with --home or DIGIT_STUDIO_HOME.',
    'zh-CN': '无法写入数据文件夹 {home}：{problem}。请用 --home 或 DIGIT_STUDIO_HOME 另选一个。',
  },
  databaseTooNew: {
    code: 'storage',
    en: 'The database {path} has schema version {found}; this version of Digit Studio knows up to {supported}. Please update Digit Studio.',
    'zh-CN':
      '数据库 {path} 的结构版本为 {found}，此版本的 Digit Studio 最高支持 {supported}。请更新 Digit Studio。',
  },
  databaseForeign: {
    code: 'storage',
    en: '{path} is a database of another program. Move it away or choose another data folder.',
    'zh-CN': '{path} 是其他程序的数据库。请将其移走，或选择另一个数据文件夹。',
  },
  databaseUnusable: {
    code: 'storage',
    en: 'The database {path} cannot be used: {problem}.',
    'zh-CN': '无法使用数据库 {path}：{problem}。',
  },
  datasetSplitEmpty: {
    code: 'bad-input',
    en: 'The {split} split of dataset "{name}" has no labelled samples.',
    'zh-CN': '数据集“{name}”的 {split} 部分没有已标注的样本。',
  },
  validationSplitTooLarge: {
    code: 'bad-input',
    en: 'A validation split of {value} leaves nothing to train on: dataset "{name}" has {count} labelled training samples.',
    'zh-CN': '验证集比例 {value} 使训练数据为空：数据集“{name}”只有 {count} 个已标注的训练样本。',
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
  cliUnknownCommand: {
    code: 'bad-input',
    en: 'There is no command "{command}". Commands: {known}.',
    'zh-CN': '没有命令“{command}”。可用命令：{known}。',
  },
  cliMissingArgument: {
    code: 'bad-input',
    en: '{command} needs {argument}. Usage: {usage}',
    'zh-CN': '{command} 缺少 {argument}。用法：{usage}',
  },
  cliUnexpectedArgument: {
    code: 'bad-input',
    en: '{command} does not take "{argument}". Usage: {usage}',
    'zh-CN': '{command} 不接受“{argument}”。用法：{usage}',
  },
  cliUnknownOption: {
    code: 'bad-input',
    en: '{command} has no option {option}. Options: {known}.',
    'zh-CN': '{command} 没有选项 {option}。可用选项：{known}。',
  },
  cliOptionNeedsValue: {
    code: 'bad-input',
    en: 'Option {option} needs a value.',
    'zh-CN': '选项 {option} 需要一个值。',
  },
  cliOptionTakesNoValue: {
    code: 'bad-input',
    en: 'Option {option} takes no value, but got "{received}".',
    'zh-CN': '选项 {option} 不接受值，却收到“{received}”。',
  },
  cliOptionNotNumber: {
    code: 'bad-input',
    en: 'Option {option} must be a number. Received: "{received}".',
    'zh-CN': '选项 {option} 必须是数字。收到：“{received}”。',
  },
  cliOptionNotWhole: {
    code: 'bad-input',
    en: 'Option {option} must be a whole number. Received: "{received}".',
    'zh-CN': '选项 {option} 必须是整数。收到：“{received}”。',
  },
  cliOptionNotChoice: {
    code: 'bad-input',
    en: 'Option {option} must be one of {choices}. Received: "{received}".',
    'zh-CN': '选项 {option} 必须是 {choices} 之一。收到：“{received}”。',
  },
  fileNotFound: {
    code: 'bad-input',
    en: 'There is no file {file}.',
    'zh-CN': '文件 {file} 不存在。',
  },
  fileIsFolder: {
    code: 'bad-input',
    en: '{file} is a folder, not a file.',
    'zh-CN': '{file} 是文件夹，不是文件。',
  },
  fileUnreadable: {
    code: 'bad-input',
    en: '{file} cannot be read: {problem}.',
    'zh-CN': '无法读取 {file}：{problem}。',
  },
  fileNotJson: {
    code: 'bad-input',
    en: '{file} is not valid JSON: {problem}.',
    'zh-CN': '{file} 不是有效的 JSON：{problem}。',
  },
  inkMalformed: {
    code: 'bad-input',
    en: '{file} is not ink such as {example}: {problem}.',
    'zh-CN': '{file} 不是形如 {example} 的笔迹数据：{problem}。',
  },
  nothingToRead: {
    code: 'bad-input',
    en: 'There is nothing to read in {file}: it is blank.',
    'zh-CN': '{file} 中没有可识别的内容：它是空白的。',
  },
  pictureEmpty: {
    code: 'bad-input',
    en: '{name} is an empty file.',
    'zh-CN': '{name} 是空文件。',
  },
  pictureUnknown: {
    code: 'bad-input',
    en: '{name} is not a picture that can be read: only PNG, JPEG, BMP and GIF files are.',
    'zh-CN': '{name} 不是可读取的图片：仅支持 PNG、JPEG、BMP 和 GIF 文件。',
  },
  pictureUnsupported: {
    code: 'bad-input',
    en: '{name} is a kind of {format} file that cannot be read: {problem}.',
    'zh-CN': '{name} 是无法读取的 {format} 文件类型：{problem}。',
  },
  pictureDamaged: {
    code: 'bad-input',
    en: '{name} is a damaged or incomplete {format} file: {problem}.',
    'zh-CN': '{name} 是损坏或不完整的 {format} 文件：{problem}。',
  },
  pictureTooLarge: {
    code: 'bad-input',
    en: '{name} is {width} x {height} pixels; the most that can be read is {limit} megapixels.',
    'zh-CN': '{name} 为 {width} x {height} 像素；最多可读取 {limit} 百万像素。',
  },
  trainingBusy: {
    code: 'busy',
    en: 'Run "{name}" is training. Stop it or wait until it ends before starting another.',
    'zh-CN': '任务“{name}”正在训练。请先停止它，或等它结束后再开始新的训练。',
  },
  runNotActive: {
    code: 'conflict',
    en: 'Run "{name}" is not training: it is {status}.',
    'zh-CN': '任务“{name}”未在训练，其状态为 {status}。',
  },
  runInterrupted: {
    code: 'engine-failed',
    en: 'The app ended while this run was training. {epochs} epochs are kept.',
    'zh-CN': '应用在此任务训练期间结束。已保留 {epochs} 轮的结果。',
  },
  engineNotStarting: {
    code: 'engine-failed',
    en: 'The engine does not start: {problem}',
    'zh-CN': '引擎无法启动：{problem}',
  },
  engineCrashed: {
    code: 'engine-failed',
    en: 'The engine ended unexpectedly: {problem}',
    'zh-CN': '引擎意外退出：{problem}',
  },
  engineHung: {
    code: 'engine-failed',
    en: 'The engine did not answer within {seconds} seconds and was ended.',
    'zh-CN': '引擎在 {seconds} 秒内没有响应，已被终止。',
  },
  trainingCrashed: {
    code: 'engine-failed',
    en: 'Training ended unexpectedly before its first epoch was complete: {problem}',
    'zh-CN': '训练在完成第一轮之前意外结束：{problem}',
  },
  trainingCrashedKept: {
    code: 'engine-failed',
    en: 'Training ended unexpectedly after epoch {epoch}: {problem} The best weights so far are kept as model "{model}".',
    'zh-CN': '训练在第 {epoch} 轮之后意外结束：{problem} 目前为止的最佳权重已保存为模型“{model}”。',
  },
  dataPackDamaged: {
    code: 'storage',
    en: 'The prepared training data cannot be used: {problem}',
    'zh-CN': '准备好的训练数据无法使用：{problem}',
  },
  batchWorkerFailed: {
    code: 'engine-failed',
    en: 'Preparing the training batches failed: {problem}',
    'zh-CN': '准备训练批次失败：{problem}',
  },
  evaluationClassesDiffer: {
    code: 'bad-input',
    en: 'Model "{model}" reads the classes {modelClasses}; dataset "{dataset}" has {datasetClasses}.',
    'zh-CN': '模型“{model}”识别的类别为 {modelClasses}；数据集“{dataset}”的类别为 {datasetClasses}。',
  },
  appClosing: {
    code: 'cancelled',
    en: 'The app is closing.',
    'zh-CN': '应用正在关闭。',
  },
  fileNotWritten: {
    code: 'storage',
    en: '{path} cannot be written: {problem}.',
    'zh-CN': '无法写入 {path}：{problem}。',
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
