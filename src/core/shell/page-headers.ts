/** What every answer that carries a piece of the page says to the browser: trust nothing but this app's own files. */

/**
 * No inline script or style, no eval, nothing from elsewhere. Pictures may also come from the page itself (`data:`, `blob:`):
 * previews and exports are made there. `connect-src 'self'` covers the WebSocket, which has the page's own host.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers for a file or an error, by lower-case name. */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), midi=()',
  // The files change with every build and come from this machine: nothing is gained by keeping them.
  'cache-control': 'no-store',
};
