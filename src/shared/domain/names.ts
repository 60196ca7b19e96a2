/** What datasets, models and runs may be called, so that a name is also safe as part of a file name. */
import { z } from 'zod';

/** 1 to 80 characters, no path separators, control characters or leading dot. */
export const nameSchema = z
  .string()
  .min(1)
  .max(80)
  .regex(/^(?!\.)[^\\/:*?"<>|\p{Cc}]+$/u, 'a name may not contain \\ / : * ? " < > | or start with a dot');
