import { translated } from './messages.ts';

/** Views that are not there yet: what they will do and what already works. */
export const upcoming = translated({
  en: {
    notYet: 'Not in this version yet',
    tune: {
      title: 'Tune',
      subtitle: 'Let the machine look for better settings.',
      will: 'Grid, random and Bayesian search over a recipe’s settings, with every trial kept and compared.',
      now: 'Until then, change the learning rate or batch size in Train and compare the runs there.',
      go: 'Open Train',
    },
    learn: {
      title: 'Learn',
      subtitle: 'How a network comes to read digits.',
      will: 'Short lessons with live figures: what a convolution sees, how a gradient step moves the weights, why a network overfits.',
      now: 'Until then, draw a digit and watch “What the network sees” and the ten probabilities change with every stroke.',
      go: 'Open Draw',
    },
  },
  'zh-CN': {
    notYet: '此版本尚未提供',
    tune: {
      title: '调参',
      subtitle: '让机器寻找更好的设置。',
      will: '对配方的设置做网格、随机和贝叶斯搜索，保留并比较每一次试验。',
      now: '在此之前，可在“训练”中更改学习率或批大小，并比较各次训练。',
      go: '打开训练',
    },
    learn: {
      title: '学习',
      subtitle: '网络是怎样学会认数字的。',
      will: '配有实时图示的短课：卷积看到了什么，一步梯度怎样移动权重，网络为何会过拟合。',
      now: '在此之前，可以写一个数字，看“网络看到的图像”和十个概率随每一笔变化。',
      go: '打开手写',
    },
  },
});
