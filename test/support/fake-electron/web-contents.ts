/** A fake page: one main frame, its `ipcRenderer`, and the events that a real one emits. */
import { EventEmitter } from 'node:events';
import { FakeIpcRenderer, type FakeFrame } from './ipc.ts';

export interface WindowOpenDetails {
  url: string;
}

export class FakeWebContents extends EventEmitter {
  mainFrame: FakeFrame;
  /** `ipcRenderer` of the main frame. */
  renderer: FakeIpcRenderer;
  openHandler: ((details: WindowOpenDetails) => { action: string }) | undefined;
  #isDestroyed = false;

  constructor(url = 'about:blank') {
    super();
    this.mainFrame = { url, parent: null };
    this.renderer = new FakeIpcRenderer(this, this.mainFrame);
  }

  /** Shows another document: a new main frame with an `ipcRenderer` of its own. */
  show(url: string): void {
    this.mainFrame = { url, parent: null };
    this.renderer = new FakeIpcRenderer(this, this.mainFrame);
  }

  /** `ipcRenderer` of a frame inside the page. */
  childFrame(url: string): FakeIpcRenderer {
    return new FakeIpcRenderer(this, { url, parent: this.mainFrame });
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#isDestroyed) throw new TypeError('Object has been destroyed');
    this.renderer.receive(channel, args);
  }

  setWindowOpenHandler(handler: (details: WindowOpenDetails) => { action: string }): void {
    this.openHandler = handler;
  }

  /** Emits a cancellable event, as for a navigation; tells whether it was prevented. */
  emitCancellable(name: string, details: object = {}): boolean {
    let isPrevented = false;
    const event = { ...details, preventDefault: () => (isPrevented = true) };
    this.emit(name, event, 'url' in details ? details.url : undefined);
    return isPrevented;
  }

  destroy(): void {
    if (this.#isDestroyed) return;
    this.#isDestroyed = true;
    this.emit('destroyed');
  }
}
