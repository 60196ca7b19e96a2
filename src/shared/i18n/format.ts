import type { Language } from '../domain/app.ts';

/** Numbers, times and sizes as a reader of one language expects them. */
export interface Formats {
  /** 0..1 as a percentage with one decimal; never rounds up to 100 % what is not. */
  percent(fraction: number): string;
  /** 0..1 as a percentage with two decimals, for accuracies. */
  accuracy(fraction: number): string;
  integer(value: number): string;
  /** Up to four significant digits, for losses. */
  decimal(value: number): string;
  /** A number at an axis, as short as it can be. */
  tick(value: number): string;
  /** 0..1 at an axis, as a percentage. */
  percentTick(fraction: number): string;
  /** Seconds as `8 s`, `2 min 05 s`, `1 h 02 min`. */
  duration(seconds: number): string;
  /** Milliseconds with one decimal below ten. */
  milliseconds(value: number): string;
  /** Bytes in kB or MB (decimal units). */
  bytes(value: number): string;
  /** Milliseconds since 1970 as local date and time. */
  dateTime(at: number): string;
}

const UNITS = {
  en: { hour: ' h', minute: ' min', second: ' s' },
  'zh-CN': { hour: ' 小时', minute: ' 分', second: ' 秒' },
} as const;

/** Rounding down would show 0.29, which is stored as 0.28999…, as 28.9 %. */
const BINARY_SLACK = 1e-9;

/** The formats of `language`. */
export function createFormats(language: Language): Formats {
  const number = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(language, options);
    return (value: number) => format.format(value);
  };
  const percentWith = (digits: number) => {
    const fixed = { minimumFractionDigits: digits, maximumFractionDigits: digits };
    const format = number({ style: 'percent', roundingMode: 'floor', ...fixed });
    return (fraction: number) => format(fraction + BINARY_SLACK);
  };
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
  const oneDecimal = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const integer = number({ maximumFractionDigits: 0 });
  const megabytes = number({ style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 });
  const kilobytes = number({ style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  return {
    percent: percentWith(1),
    accuracy: percentWith(2),
    integer,
    decimal: number({ minimumSignificantDigits: 3, maximumSignificantDigits: 3 }),
    tick: number({ maximumSignificantDigits: 3 }),
    percentTick: number({ style: 'percent', maximumFractionDigits: 1 }),
    duration: (seconds) => formatDuration(seconds, language),
    milliseconds: (value) => (value < 10 ? oneDecimal(value) : integer(value)),
    bytes: (value) => (value >= 1e6 ? megabytes(value / 1e6) : kilobytes(value / 1e3)),
    dateTime: (at) => date.format(at),
  };
}

function formatDuration(seconds: number, language: Language): string {
  const unit = UNITS[language];
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(value).padStart(2, '0');
  if (whole < 60) return `${whole}${unit.second}`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}${unit.minute} ${two(whole % 60)}${unit.second}`;
  return `${Math.floor(minutes / 60)}${unit.hour} ${two(minutes % 60)}${unit.minute}`;
}
