import { ClusterError } from './cluster-error.ts';
import { Crash } from './crash-point.ts';
import { isSupervisorMessage, type ServerMessage, type ServerOptions } from './process-messages.ts';
import { ServerHost } from './server-host.ts';

// The program of a server process. Its supervisor starts it, tells it who it is, and may stop or harm it.

const FAILED_STATUS = 1;
const crash = new Crash();
let stop: () => Promise<void> = async () => {};

function tell(message: ServerMessage): void {
  process.send?.(message);
}

/** The supervisor hears the reason, if it still listens; then the process is gone, whatever it was doing. */
function fail(error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'RC5203';
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const failure: ServerMessage = { kind: 'failed', code: code.startsWith('RC') ? code : 'RC5203', message };
  if (process.send === undefined) process.exit(FAILED_STATUS);
  process.send(failure, () => process.exit(FAILED_STATUS));
}

async function start(options: ServerOptions): Promise<void> {
  const host = new ServerHost(options, crash, {
    onRole: (role, term) => tell({ kind: 'role', role, term }),
    onFailure: fail,
  });
  const running = await host.run();
  stop = running.stop;
  tell({ kind: 'ready', peerPort: running.peerPort, clientPort: running.clientPort });
}

process.on('message', (message: unknown) => {
  if (!isSupervisorMessage(message)) return;
  switch (message.kind) {
    case 'start':
      start(message.options).catch(fail);
      break;
    case 'crashAt':
      crash.arm(message.point);
      break;
    case 'stop':
      stop().then(() => process.exit(0), fail);
      break;
  }
});

// Nobody is left behind: however the supervisor dies, the channel to it closes.
process.on('disconnect', () => process.exit(FAILED_STATUS));
// Terminals and timeout(1) send their signals to all processes of a group; the supervisor decides when this one ends.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});
process.on('uncaughtException', fail);
if (process.send === undefined) {
  throw new ClusterError('RC5203', 'a server process is started by raftcheck cluster, not by hand');
}
