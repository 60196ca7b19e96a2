/** Electron's IPC, as far as the app uses it: ordered, asynchronous, and structured clones only. */
import { EventEmitter } from 'node:events';

export interface FakeFrame {
  readonly url: string;
  readonly parent: FakeFrame | null;
}

export const ipcMain = new EventEmitter();

type RendererListener = (event: unknown, ...args: unknown[]) => void;

/** `ipcRenderer` of one frame. `sender` is the web contents that the frame belongs to. */
export class FakeIpcRenderer {
  readonly #listeners = new EventEmitter();
  readonly #sender: object;
  readonly #frame: FakeFrame;

  constructor(sender: object, frame: FakeFrame) {
    this.#sender = sender;
    this.#frame = frame;
  }

  send(channel: string, ...args: unknown[]): void {
    const copy = structuredClone(args);
    const reply = (replyChannel: string, ...answer: unknown[]): void => this.receive(replyChannel, answer);
    const event = { sender: this.#sender, senderFrame: this.#frame, reply };
    setImmediate(() => ipcMain.emit(channel, event, ...copy));
  }

  on(channel: string, listener: RendererListener): this {
    this.#listeners.on(channel, listener);
    return this;
  }

  /** What the main process sent to this frame. */
  receive(channel: string, args: unknown[]): void {
    const copy = structuredClone(args);
    setImmediate(() => this.#listeners.emit(channel, {}, ...copy));
  }
}
