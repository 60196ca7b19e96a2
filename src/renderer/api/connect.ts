import { appContract, type AppClient } from '../../shared/contract.ts';
import { createClient } from '../../shared/rpc/client.ts';
import { electronLink, type ElectronBridge } from '../../shared/rpc/electron-link.ts';
import { webSocketLink } from '../../shared/rpc/web-socket.ts';
import type { ConnectionState } from '../state/connection.svelte.ts';
import { createReconnectingClient } from './reconnecting-client.ts';

/** Where the web shell answers the contract, on the page's own origin. */
const SOCKET_PATH = '/rpc';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly digitStudio?: ElectronBridge;
  }
}

/** The app behind the window: through the preload script in Electron, else over a WebSocket to where the page came from. */
export function connectApp(window: Window, connection: ConnectionState): AppClient {
  if (window.digitStudio) return createClient(appContract, electronLink(window.digitStudio));
  const url = new URL(SOCKET_PATH, window.location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return createReconnectingClient({
    connection,
    later: (action, afterMs) => window.setTimeout(action, afterMs),
    open(onOpen) {
      const socket = new WebSocket(url);
      socket.addEventListener('open', onOpen);
      return webSocketLink(socket);
    },
  });
}
