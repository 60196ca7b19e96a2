import { translated } from './messages.ts';

/** Names and descriptions of what the catalogs offer, by id: recipes, optimizers, augmentation presets, metrics. */
export const choices = translated({
  en: {
    recipes: {
      perceptron: {
        label: 'Perceptron',
        detail: 'One layer, straight from pixels to digits. Where it all began.',
      },
      'mlp-sigmoid': { label: 'Sigmoid network', detail: 'A small hidden layer with the classic S-curve.' },
      'mlp-512': { label: 'Dense 512', detail: 'One wide ReLU layer. Simple, fast and surprisingly good.' },
      'mlp-regularised': {
        label: 'Regularised dense',
        detail: 'Dense, with weight decay and dropout against overfitting.',
      },
      'light-cnn': {
        label: 'Light CNN',
        detail: 'Two convolutions. The best balance of speed and accuracy.',
      },
      'deep-cnn': { label: 'Deep CNN', detail: 'Three convolutions. Slower, a little more accurate.' },
      best: { label: 'Best', detail: 'Our most accurate recipe. Takes the longest.' },
    } as Record<string, { label: string; detail: string }>,
    optimizers: {
      sgd: 'SGD',
      rmsprop: 'RMSprop',
      adagrad: 'Adagrad',
      adam: 'Adam',
      adamw: 'AdamW',
    } as Record<string, string>,
    augmentation: {
      none: 'None',
      gentle: 'Gentle',
      standard: 'Standard',
      strong: 'Strong',
    } as Record<string, string>,
    metrics: {
      accuracy: 'Training accuracy',
      loss: 'Training loss',
      valAccuracy: 'Validation accuracy',
      valLoss: 'Validation loss',
      testAccuracy: 'Test accuracy',
      mnistTestAccuracy: 'MNIST test accuracy',
    } as Record<string, string>,
    splits: { train: 'Training', test: 'Test', unassigned: 'Unassigned' },
  },
  'zh-CN': {
    recipes: {
      perceptron: { label: '感知机', detail: '只有一层，从像素直达数字。一切的起点。' },
      'mlp-sigmoid': { label: 'Sigmoid 网络', detail: '一个小隐藏层，使用经典的 S 形函数。' },
      'mlp-512': { label: '全连接 512', detail: '一个宽的 ReLU 层。简单、快速，效果出奇地好。' },
      'mlp-regularised': { label: '正则化全连接', detail: '带权重惩罚和随机失活，防止过拟合。' },
      'light-cnn': { label: '轻量 CNN', detail: '两层卷积，速度与准确率的最佳平衡。' },
      'deep-cnn': { label: '深层 CNN', detail: '三层卷积，慢一些，准确率略高。' },
      best: { label: '最佳', detail: '最准确的配方，用时最长。' },
    },
    optimizers: { sgd: 'SGD', rmsprop: 'RMSprop', adagrad: 'Adagrad', adam: 'Adam', adamw: 'AdamW' },
    augmentation: { none: '无', gentle: '轻微', standard: '标准', strong: '强烈' },
    metrics: {
      accuracy: '训练准确率',
      loss: '训练损失',
      valAccuracy: '验证准确率',
      valLoss: '验证损失',
      testAccuracy: '测试准确率',
      mnistTestAccuracy: 'MNIST 测试准确率',
    },
    splits: { train: '训练', test: '测试', unassigned: '未分配' },
  },
});
