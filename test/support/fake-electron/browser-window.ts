/** A window that loads its page's document and runs the preload script as the sandbox does. */
import { EventEmitter, once } from 'node:events';
import { readFileSync } from 'node:fs';
import { app } from './app.ts';
import type { FakeIpcRenderer } from './ipc.ts';
import { session } from './session.ts';
import { FakeWebContents } from './web-contents.ts';

export interface WindowOptions {
  webPreferences: { preload: string } & Record<string, unknown>;
}

const opened = new EventEmitter();

/** Resolves with the next window that has loaded its page. */
export async function nextWindow(): Promise<FakeBrowserWindow> {
  const [window] = (await once(opened, 'loaded')) as [FakeBrowserWindow];
  return window;
}

export class FakeBrowserWindow extends EventEmitter {
  readonly options: WindowOptions;
  readonly webContents = new FakeWebContents();
  /** What the preload script put into the page's world. */
  exposed: Record<string, unknown> = {};
  /** Every module that the preload script asked for. */
  readonly required: string[] = [];
  isShown = false;
  focusCount = 0;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    app.emit('web-contents-created', {}, this.webContents);
  }

  async loadURL(url: string): Promise<void> {
    const response = await session.defaultSession.load(url);
    if (!response.ok) throw new Error(`ERR_FAILED (${response.status}) loading '${url}'`);
    this.webContents.show(url);
    this.#runPreload(this.webContents.renderer);
    this.emit('ready-to-show');
    setImmediate(() => opened.emit('loaded', this));
  }

  #runPreload(ipcRenderer: FakeIpcRenderer): void {
    this.exposed = {};
    const contextBridge = {
      exposeInMainWorld: (key: string, value: unknown) => (this.exposed[key] = acrossWorlds(value)),
    };
    const sandboxRequire = (name: string): unknown => {
      this.required.push(name);
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return { contextBridge, ipcRenderer };
    };
    const script = readFileSync(this.options.webPreferences.preload, 'utf8');
    // A sandboxed preload script is CommonJS with a `require` of its own and no Node globals.
    new Function('require', 'exports', 'module', 'process', 'Buffer', script)(
      sandboxRequire,
      {},
      { exports: {} },
    );
  }

  show(): void {
    this.isShown = true;
  }
  isMinimized(): boolean {
    return false;
  }
  focus(): void {
    this.focusCount += 1;
  }
}

/** What the context bridge does: functions become new functions, everything else a copy. */
function acrossWorlds(value: unknown): unknown {
  if (typeof value === 'function')
    return (...args: unknown[]): unknown =>
      acrossWorlds((value as (...args: unknown[]) => unknown)(...args.map(acrossWorlds)));
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return structuredClone(value);
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, acrossWorlds(item)])),
  );
}
