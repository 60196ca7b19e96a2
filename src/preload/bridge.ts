/** What the page may do: call what the contract names, cancel, and listen. */
import type { Contract } from '../shared/rpc/contract.ts';
import { ELECTRON_CHANNELS, type ElectronBridge } from '../shared/rpc/electron-link.ts';
import { createListeners } from '../shared/rpc/listeners.ts';

/** The part of Electron's `ipcRenderer` that is used. */
export interface RendererIpc {
  send(channel: string, ...args: unknown[]): void;
  on(channel: string, listener: (event: unknown, ...args: unknown[]) => void): unknown;
}

/** Makes the bridge for one page; `page` is an id that no other page has. */
export function createBridge(contract: Contract, ipc: RendererIpc, page: string): ElectronBridge {
  const messages = createListeners<unknown>();
  ipc.on(ELECTRON_CHANNELS.message, (_event, to, message) => {
    if (to === page) messages.tell(message);
  });
  ipc.send(ELECTRON_CHANNELS.open, page);
  return {
    call(id, name, input) {
      if (!Object.hasOwn(contract.calls, name)) throw new Error(`there is no call ${name}`);
      ipc.send(ELECTRON_CHANNELS.message, page, { type: 'call', id, call: name, input });
    },
    cancel: (id) => ipc.send(ELECTRON_CHANNELS.message, page, { type: 'cancel', id }),
    onMessage: (listener) => messages.add(listener),
  };
}
