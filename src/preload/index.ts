/** Runs in the sandbox before the page: the only thing the page gets from Electron is `window.digitStudio`. */
import { contextBridge, ipcRenderer } from 'electron';
import { appContract } from '../shared/contract.ts';
import { createBridge } from './bridge.ts';

contextBridge.exposeInMainWorld('digitStudio', createBridge(appContract, ipcRenderer, crypto.randomUUID()));
