/** The only place that touches raw Electron IPC: a link for each page of our window, and nothing for anyone else. */
import { ipcMain, type IpcMainEvent, type WebContents } from 'electron';
import { appError, toWireError } from '../shared/errors.ts';
import { readCallerMessage, type AnswererMessage } from '../shared/rpc/envelope.ts';
import { ELECTRON_CHANNELS } from '../shared/rpc/electron-link.ts';
import { createLink, type Link, type LinkEnds } from '../shared/rpc/link.ts';
import { isAppUrl } from './app-url.ts';

/**
 * Calls `onLink` with the link of every page that `contents` loads, one after the other. Messages that do not come from the main
 * frame of `contents` on our own origin are answered with `senderRefused`.
 */
export function linkPages(contents: WebContents, onLink: (link: Link) => void): void {
  let open: { page: string; ends: LinkEnds } | undefined;

  function onOpen(event: IpcMainEvent, page: unknown): void {
    if (!isTrusted(event, contents) || typeof page !== 'string') return refuse(event, page, undefined);
    open?.ends.closed();
    const send = (message: unknown): void => contents.send(ELECTRON_CHANNELS.message, page, message);
    open = { page, ends: createLink({ send, close: () => undefined }) };
    onLink(open.ends.link);
  }

  function onMessage(event: IpcMainEvent, page: unknown, message: unknown): void {
    if (!isTrusted(event, contents) || page !== open?.page) return refuse(event, page, message);
    open?.ends.received(message);
  }

  ipcMain.on(ELECTRON_CHANNELS.open, onOpen);
  ipcMain.on(ELECTRON_CHANNELS.message, onMessage);
  contents.on('render-process-gone', () => open?.ends.closed());
  contents.on('destroyed', () => {
    open?.ends.closed();
    ipcMain.off(ELECTRON_CHANNELS.open, onOpen);
    ipcMain.off(ELECTRON_CHANNELS.message, onMessage);
  });
}

function isTrusted(event: IpcMainEvent, contents: WebContents): boolean {
  const frame = event.senderFrame;
  return event.sender === contents && frame !== null && frame.parent === null && isAppUrl(frame.url);
}

function refuse(event: IpcMainEvent, page: unknown, message: unknown): void {
  const reading = readCallerMessage(message);
  const id = 'message' in reading ? reading.message.id : reading.id;
  const answer: AnswererMessage = { type: 'error', id, error: toWireError(appError('senderRefused')) };
  event.reply(ELECTRON_CHANNELS.message, page, answer);
}
