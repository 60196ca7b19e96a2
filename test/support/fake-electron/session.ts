/** Electron's `protocol` and `session`, as far as they decide who may load what. */

type PageHandler = (request: Request) => Promise<Response>;
type PermissionHandler = (contents: unknown, permission: string, answer: (allowed: boolean) => void) => void;
type RequestHandler = (details: { url: string }, answer: (response: { cancel?: boolean }) => void) => void;

/** Schemes that were registered in time, with their privileges. */
export const registeredSchemes: { scheme: string; privileges: object }[] = [];

export const protocol = {
  registerSchemesAsPrivileged: (schemes: typeof registeredSchemes) => registeredSchemes.push(...schemes),
};

class FakeSession {
  readonly #pages = new Map<string, PageHandler>();
  #permission: PermissionHandler = (_contents, _permission, answer) => answer(true);
  #permissionCheck: () => boolean = () => true;
  #devices: () => boolean = () => true;
  #outside: { urls: string[]; handler: RequestHandler } | undefined;

  readonly protocol = {
    handle: (scheme: string, handler: PageHandler) => void this.#pages.set(scheme, handler),
  };
  readonly webRequest = {
    onBeforeRequest: ({ urls }: { urls: string[] }, handler: RequestHandler) => {
      this.#outside = { urls, handler };
    },
  };

  setPermissionRequestHandler(handler: PermissionHandler): void {
    this.#permission = handler;
  }
  setPermissionCheckHandler(handler: () => boolean): void {
    this.#permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: () => boolean): void {
    this.#devices = handler;
  }

  /** Loads a URL as a page would: through the scheme's handler. */
  load(url: string, init?: RequestInit): Promise<Response> {
    const handler = this.#pages.get(new URL(url).protocol.slice(0, -1));
    return handler ? handler(new Request(url, init)) : Promise.reject(new Error(`no handler for ${url}`));
  }

  /** Whether any of the three ways to a permission is open. */
  grants(permission: string): boolean {
    let isGranted = false;
    this.#permission({}, permission, (allowed) => (isGranted = allowed));
    return isGranted || this.#permissionCheck() || this.#devices();
  }

  /** Whether a request to the outside goes through. */
  lets(url: string): boolean {
    const { urls, handler } = this.#outside ?? { urls: [], handler: undefined };
    if (!handler || !urls.includes(`${new URL(url).protocol}//*/*`)) return true;
    let isCancelled = false;
    handler({ url }, ({ cancel }) => (isCancelled = cancel === true));
    return !isCancelled;
  }
}

export const session = { defaultSession: new FakeSession() };
