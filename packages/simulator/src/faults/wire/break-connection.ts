import type { Socket } from 'node:net';

/** Breaks a connection the hard way where it can be (TCP: a reset); TLS and local sockets are just cut. */
export function breakConnection(socket: Socket): void {
  if (socket.remoteFamily === undefined || 'encrypted' in socket) socket.destroy();
  else socket.resetAndDestroy();
}
