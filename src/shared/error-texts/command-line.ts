/** Errors about the command line and the files it is given. */
import type { ErrorEntry } from './entry.ts';

export const commandLineErrors = {
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
} as const satisfies Record<string, ErrorEntry>;
