/** Errors about networks and their layers. */
import type { ErrorEntry } from './entry.ts';

export const networksErrors = {
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
} as const satisfies Record<string, ErrorEntry>;
