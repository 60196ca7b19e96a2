/** Where the pages of the app live. Chromium treats this scheme like https: an origin of its own, CSP, no file access. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'digit-studio';
export const APP_START_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Whether a URL is one of our own pages or files. */
export function isAppUrl(url: string): boolean {
  return URL.canParse(url) && new URL(url).protocol === `${APP_SCHEME}:` && new URL(url).host === APP_HOST;
}
