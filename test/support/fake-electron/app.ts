/** Electron's `app`: life cycle, paths, and the lock against a second start. */
import { EventEmitter } from 'node:events';

class FakeApp extends EventEmitter {
  readonly name = 'Digit Studio';
  readonly isPackaged = false;
  isSandboxEnabled = false;
  readonly paths: Record<string, string> = {};
  #isReady = false;

  enableSandbox(): void {
    if (this.#isReady) throw new Error('app.enableSandbox() can only be called before app is ready');
    this.isSandboxEnabled = true;
  }

  setPath(name: string, path: string): void {
    this.paths[name] = path;
  }

  getVersion(): string {
    return '0.0.0-fake';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-GB'];
  }

  requestSingleInstanceLock(): boolean {
    return true;
  }

  /** As with the real one, ready comes only after the main module has been evaluated. */
  whenReady(): Promise<void> {
    return new Promise((resolve) =>
      setImmediate(() => {
        this.#isReady = true;
        resolve();
      }),
    );
  }

  quit(): void {
    let isPrevented = false;
    this.emit('will-quit', { preventDefault: () => (isPrevented = true) });
    if (!isPrevented) this.exit(0);
  }

  exit(code = 0): never {
    process.exit(code);
  }
}

export const app = new FakeApp();
