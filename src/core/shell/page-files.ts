/** The files of the built page, for every shell that serves them. Only files inside the folder, only of known types. */
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  body: Uint8Array<ArrayBuffer>;
  contentType: string;
}

/** Reads the file that a URL's path names, `/` being index.html; undefined if there is no such file to be served. */
export async function readPageFile(folder: string, urlPath: string): Promise<PageFile | undefined> {
  const path = pathInside(folder, urlPath === '/' ? '/index.html' : urlPath);
  const contentType = path && CONTENT_TYPES[extname(path)];
  if (!path || !contentType) return undefined;
  try {
    return { body: new Uint8Array(await readFile(path)), contentType };
  } catch {
    // Missing, a folder, or not readable: to the page it is all the same.
    return undefined;
  }
}

/** The path on disk, or undefined if the URL's path leads out of the folder or is no proper path. */
function pathInside(folder: string, urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  // A backslash separates folders on Windows, a colon names drives and streams there.
  if (/[\0\\:]/.test(decoded)) return undefined;
  const root = resolve(folder);
  const path = resolve(root, `.${decoded}`);
  return decoded.startsWith('/') && path.startsWith(root + sep) ? path : undefined;
}
