/**
 * The page's security policy forbids making code from text, which zod would try for speed. Imported before everything
 * that builds validators.
 */
import { config } from 'zod';

config({ jitless: true });
