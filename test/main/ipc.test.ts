import type { WebContents } from 'electron';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { linkPages } from '../../src/main/ipc.ts';
import { createBridge } from '../../src/preload/bridge.ts';
import { createClient } from '../../src/shared/rpc/client.ts';
import { electronLink } from '../../src/shared/rpc/electron-link.ts';
import type { Link } from '../../src/shared/rpc/link.ts';
import { serve } from '../../src/shared/rpc/server.ts';
import { createTestApp, testContract, type TestApp } from '../shared/rpc/test-contract.ts';
import type { FakeIpcRenderer } from '../support/fake-electron/ipc.ts';
import { FakeWebContents } from '../support/fake-electron/web-contents.ts';

vi.mock('electron', () => import('../support/fake-electron/index.ts'));

const START = 'app://digit-studio/index.html';
let contents: FakeWebContents;
let links: Link[];
let app: TestApp;

beforeEach(() => {
  contents = new FakeWebContents(START);
  links = [];
  app = createTestApp();
  linkPages(contents as unknown as WebContents, (link) => {
    links.push(link);
    serve(testContract, app.service, link);
  });
  return () => contents.destroy();
});

const clientOf = (renderer: FakeIpcRenderer, page: string) =>
  createClient(testContract, electronLink(createBridge(testContract, renderer, page)), {
    onBadMessage: () => undefined,
  });

describe('who is answered', () => {
  test('the main frame of our window', async () => {
    expect(await clientOf(contents.renderer, 'p1').add({ a: 1, b: 2 })).toBe(3);
  });

  test.each([
    ['a frame inside our page', () => contents.childFrame(START)],
    ['a frame inside our page from elsewhere', () => contents.childFrame('https://example.org/')],
    ['another window with our own page', () => new FakeWebContents(START).renderer],
    ['another window', () => new FakeWebContents('https://example.org/').renderer],
  ])('not %s: an error, and no link', async (_who, renderer) => {
    await expect(clientOf(renderer(), 'p1').ping()).rejects.toMatchObject({ key: 'senderRefused' });
    expect(links).toHaveLength(0);
  });

  test.each([
    'https://example.org/',
    'file:///etc/passwd',
    'app://other/',
    'app://digit-studio.example.org/',
    'about:blank',
  ])('not our window when it shows %s', async (url) => {
    contents.show(url);
    await expect(clientOf(contents.renderer, 'p1').ping()).rejects.toMatchObject({ key: 'senderRefused' });
  });
});

describe('pages one after the other', () => {
  test('a new page ends the work of the one before, and answers go to their own page', async () => {
    const before = clientOf(contents.renderer, 'p1');
    await before.ping();
    const forgotten = before.waitForever({ name: 'old' });
    await before.ping();
    contents.show(START);
    const after = clientOf(contents.renderer, 'p2');
    expect(await after.add({ a: 2, b: 2 })).toBe(4);
    expect(app.aborted).toStrictEqual(['old: engine-failed']);
    expect(links).toHaveLength(2);
    void forgotten.catch(() => undefined);
  });

  test('a crashed page ends its work', async () => {
    const client = clientOf(contents.renderer, 'p1');
    void client.waitForever({ name: 'lost' }).catch(() => undefined);
    await client.ping();
    contents.emit('render-process-gone');
    expect(app.aborted).toStrictEqual(['lost: engine-failed']);
  });
});
