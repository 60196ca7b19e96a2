/** The child at the other end of the process link: serves the test contract. */
import { nodeProcessLink, type NodeChannel } from '../../../src/shared/rpc/process-link.ts';
import { serve } from '../../../src/shared/rpc/server.ts';
import { createTestApp, testContract } from './test-contract.ts';

const link = nodeProcessLink(process as NodeChannel);
const app = createTestApp();
serve(testContract, app.service, link);
app.events.attach(link);
link.onClose(() => process.exit(0));
