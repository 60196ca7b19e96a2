/** The app itself: what it is running on, its settings and its health. */
import { z } from 'zod';

export const languageSchema = z.enum(['en', 'zh-CN']);
export type Language = z.infer<typeof languageSchema>;

const theme = z.enum(['system', 'light', 'dark']);
const language = z.union([z.literal('system'), languageSchema]);
const activeModel = z.string();

export const settingsSchema = z.object({
  /** `system` follows the operating system. */
  theme: theme.default('system'),
  language: language.default('system'),
  /** The model that reads the pad. */
  activeModel: activeModel.default('default'),
});
/** Some of the settings. Not `settingsSchema.partial()`: that would fill in the defaults of what is left out. */
export const settingsChangeSchema = z.object({ theme, language, activeModel }).partial();
export type Settings = z.infer<typeof settingsSchema>;

export const appInfoSchema = z.object({
  name: z.string(),
  version: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
  platform: z.string(),
  home: z.string(),
});
export type AppInfo = z.infer<typeof appInfoSchema>;

export const doctorReportSchema = z.object({
  app: z.string(),
  node: z.string(),
  electron: z.string().nullable(),
  /** Version of the native library, or null if it cannot be loaded. */
  tensorflow: z.string().nullable(),
  tensorflowSource: z.string().nullable(),
  threads: z.int(),
  home: z.string(),
  sqlite: z.string(),
  /** Runs that a crash interrupted and that can be taken up again. */
  resumable: z.array(z.string()),
  healthy: z.boolean(),
  problems: z.array(z.string()),
});
export type DoctorReport = z.infer<typeof doctorReportSchema>;

/** The engine that answers recognition, as the UI shows it. */
export const engineStateSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('starting') }),
  z.object({ kind: z.literal('ready'), tensorflow: z.string(), threads: z.int() }),
  z.object({ kind: z.literal('restarting'), attempt: z.int(), reason: z.string() }),
  z.object({ kind: z.literal('failed'), reason: z.string() }),
]);
export type EngineState = z.infer<typeof engineStateSchema>;
