/** Every channel keeps the same contract, each against its platform on loopback. */
import { describe } from 'vitest';
import { createTelegramPlatform } from '../support/telegram-server/telegram-platform.ts';
import { createWechatPlatform } from '../support/wechat-server/wechat-platform.ts';
import { createWecomPlatform } from '../support/wecom-server/wecom-platform.ts';
import { channelContract } from './channel-contract.ts';

describe('telegram', () => channelContract(createTelegramPlatform));
describe('wechat', () => channelContract(createWechatPlatform));
describe('wecom', () => channelContract(createWecomPlatform));
