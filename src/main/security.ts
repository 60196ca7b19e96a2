/** What no page may do, whoever wrote it: leave, open windows, ask for permissions, reach the network. */
import { type Session, type WebContents } from 'electron';
import { isAppUrl } from './app-url.ts';

/** Everything that is not ours; the app works offline, so a request out of it is a mistake or an attack. */
const OUTSIDE = ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'];

/** Refuses every permission, device and request to the outside in this session. Electron's default grants permissions. */
export function lockSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest({ urls: OUTSIDE }, (_details, answer) => answer({ cancel: true }));
}

/** Keeps a page where it is: no other site, no new window, no embedded one. */
export function confine(contents: WebContents): void {
  const stayInside = (event: { preventDefault: () => void; url: string }): void => {
    if (!isAppUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayInside);
  contents.on('will-redirect', stayInside);
  contents.on('will-frame-navigate', stayInside);
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}
