import { translated } from './messages.ts';

/** The window around the views: navigation, switches, engine and connection, messages. */
export const shell = translated({
  en: {
    appName: 'Digit Studio',
    skipToContent: 'Skip to content',
    navigation: 'Views',
    views: {
      draw: 'Draw',
      data: 'Data',
      train: 'Train',
      evaluate: 'Evaluate',
      tune: 'Tune',
      models: 'Models',
      learn: 'Learn',
    },
    theme: { label: 'Theme', system: 'System theme', light: 'Light theme', dark: 'Dark theme' },
    language: { label: 'Language', system: 'System language' },
    engine: {
      label: 'Engine',
      starting: 'Engine starting',
      ready: 'Engine ready',
      restarting: 'Engine restarting',
      failed: 'Engine stopped',
      details: (tensorflow: string, threads: number) =>
        `TensorFlow ${tensorflow}, ${threads} ${threads === 1 ? 'thread' : 'threads'}`,
    },
    connection: {
      lost: 'Connection lost. Reconnecting…',
    },
    dismiss: 'Dismiss',
    tryAgain: 'Try again',
    viewFailed: 'This could not be loaded',
  },
  'zh-CN': {
    appName: 'Digit Studio',
    skipToContent: '跳到正文',
    navigation: '视图',
    views: {
      draw: '手写',
      data: '数据',
      train: '训练',
      evaluate: '评估',
      tune: '调参',
      models: '模型',
      learn: '学习',
    },
    theme: { label: '主题', system: '跟随系统', light: '浅色', dark: '深色' },
    language: { label: '语言', system: '跟随系统' },
    engine: {
      label: '引擎',
      starting: '引擎启动中',
      ready: '引擎就绪',
      restarting: '引擎重启中',
      failed: '引擎已停止',
      details: (tensorflow, threads) => `TensorFlow ${tensorflow}，${threads} 个线程`,
    },
    connection: {
      lost: '连接已断开，正在重新连接…',
    },
    dismiss: '关闭',
    tryAgain: '重试',
    viewFailed: '无法加载',
  },
});
