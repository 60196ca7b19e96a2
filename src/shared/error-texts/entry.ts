/** One error that a person may read: its code, and its text in every language of the UI. */

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
