/** Why a gateway cannot be spoken to, read from the error of a call. */
import type { ChannelTrouble } from '../channel.ts';
import { EventsRefused } from './gateway-client.ts';
import { describe, GRPC, NoAnswer } from './send-outcome.ts';

const CERTIFICATE = /certificate|self.signed|CERT_|UNABLE_TO_|wrong version number|EPROTO/i;

/** The error itself is never shown: it may repeat the token. */
export function gatewayTrouble(error: unknown): ChannelTrouble {
  if (error instanceof NoAnswer) return 'silent';
  if (error instanceof EventsRefused) return 'another-instance';
  const { code, words } = describe(error);
  if (code === GRPC.token) return 'wrong-credentials';
  if (code === GRPC.exists) return 'another-instance';
  return CERTIFICATE.test(words) ? 'certificate' : 'unreachable';
}
