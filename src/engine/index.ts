/** The engine process: native TensorFlow behind the engine contract, over the link to whoever started it. */
import { engineContract } from '../shared/engine-contract.ts';
import { createEmitter } from '../shared/rpc/emitter.ts';
import {
  nodeProcessLink,
  parentPortLink,
  type NodeChannel,
  type ParentPort,
} from '../shared/rpc/process-link.ts';
import { serve } from '../shared/rpc/server.ts';
import { createEngineService } from './service.ts';

/** Present in an Electron utility process. */
const { parentPort } = process as { parentPort?: ParentPort };

const link = parentPort ? parentPortLink(parentPort) : nodeProcessLink(process as NodeChannel);
const emitter = createEmitter(engineContract);
emitter.attach(link);
serve(engineContract, createEngineService(emitter.emit), link);

// Without its parent an engine has nothing to do; a stop signal is the parent's business.
link.onClose(() => process.exit(0));
process.on('SIGINT', () => undefined);
