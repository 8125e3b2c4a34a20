/** Loads the optional packages that speak to a gateway; nobody who has no WeChat account needs them. */
import type { FileBox } from 'file-box';
import type { PuppetService } from 'wechaty-puppet-service';

export interface PuppetSdk {
  readonly PuppetService: typeof PuppetService;
  readonly FileBox: typeof FileBox;
}

export type LoadPuppetSdk = () => Promise<PuppetSdk | null>;

/** `null`: they are not installed here, or cannot run on this machine. */
export const loadPuppetSdk: LoadPuppetSdk = async () => {
  try {
    const [{ log }, { PuppetService }, { FileBox }] = await Promise.all([
      import('wechaty-puppet'),
      import('wechaty-puppet-service'),
      import('file-box'),
    ]);
    // The SDK's own log holds tokens, texts and names.
    log.level('silent');
    return { PuppetService, FileBox };
  } catch {
    return null;
  }
};
