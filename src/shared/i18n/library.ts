import { plural, translated } from './messages.ts';

/** The Data and Models views: what is stored. */
export const library = translated({
  en: {
    data: {
      title: 'Data',
      subtitle: 'The digits that networks learn from.',
      images: (count: number) => plural(count, 'image', 'images'),
      classes: (count: number) => plural(count, 'class', 'classes'),
      perClass: 'Images per class',
      classColumn: 'Class',
      totalColumn: 'Total',
      builtIn: 'Built in',
      empty: 'No datasets',
      emptyDetail: 'Datasets that are imported or drawn appear here.',
      nextTitle: 'Coming to this view',
      next: 'Collecting your own digits, importing files and browsing every image. Until then this view shows what is there.',
    },
    models: {
      title: 'Models',
      subtitle: 'Networks that are ready to read.',
      parameters: (count: string) => `${count} parameters`,
      inUse: 'Reads the pad',
      use: 'Use for drawing',
      builtIn: 'Built in',
      empty: 'No models',
      emptyDetail: 'Models that you train appear here.',
    },
  },
  'zh-CN': {
    data: {
      title: '数据',
      subtitle: '网络学习所用的数字图像。',
      images: (count) => `${count.toLocaleString('zh-CN')} 张图像`,
      classes: (count) => `${count.toLocaleString('zh-CN')} 个类别`,
      perClass: '各类别图像数',
      classColumn: '类别',
      totalColumn: '合计',
      builtIn: '内置',
      empty: '没有数据集',
      emptyDetail: '导入或手写的数据集会显示在这里。',
      nextTitle: '即将推出',
      next: '采集自己的数字、导入文件、浏览每张图像。在此之前，这里会显示已有的数据。',
    },
    models: {
      title: '模型',
      subtitle: '可以随时识别的网络。',
      parameters: (count) => `${count} 个参数`,
      inUse: '正在识别手写板',
      use: '用于手写识别',
      builtIn: '内置',
      empty: '没有模型',
      emptyDetail: '你训练的模型会显示在这里。',
    },
  },
});
