/** A real channel to a platform on loopback, as the stage plays on it: people have names, and what is delivered is remembered. */
import { expect, vi } from 'vitest';
import type { ChannelParts, Delivery } from '../../src/channels/channel.ts';
import { withoutMarks } from '../../src/channels/folding/bold-text.ts';
import type { LoopbackPlatform } from '../contracts/loopback-platform.ts';
import type { LoopbackChannel } from './loopback-channel.ts';

const PATIENCE = { timeout: 20_000, interval: 5 };

export interface PlatformChannel extends LoopbackChannel {
  /** Somebody types into the platform; resolves when the bot has heard it and what it means is on disk. */
  speak(speaker: string, text: string, place?: { readonly group: string; readonly mentioned: boolean }): Promise<void>;
  /** The address of a group; it is founded where there is none of this name. */
  group(title: string): Promise<string>;
  readonly platform: LoopbackPlatform;
}

/** Who is known on the platform, by the names of the dialogue; outlives a restart of the bot. */
export interface Cast {
  readonly people: Map<string, string>;
  readonly groups: Map<string, string>;
}

export function newCast(): Cast {
  return { people: new Map(), groups: new Map() };
}

export async function openPlatformChannel(
  platform: LoopbackPlatform,
  { people, groups }: Cast,
  parts: ChannelParts,
): Promise<PlatformChannel> {
  const channel = await platform.openChannel(parts);
  const delivered: Delivery[] = [];
  let heard = 0;

  async function person(name: string): Promise<string> {
    const address = people.get(name) ?? (await platform.addPerson(name));
    people.set(name, address);
    return address;
  }

  async function group(title: string): Promise<string> {
    const address = groups.get(title) ?? (await platform.addGroup(title, [...people.values()]));
    groups.set(title, address);
    return address;
  }

  function placeOf(address: string): string {
    for (const [name, one] of people) if (one === address) return `private:${name}`;
    for (const [title, one] of groups) if (one === address) return `group:${title}`;
    return address;
  }

  return {
    ...channel,
    name: channel.name,
    account: channel.account,
    can: channel.can,
    platform,
    delivered,
    faults: [],
    group,
    hear: () => Promise.reject(new Error('people speak on the platform')),
    start: (sink) =>
      channel.start(async (one) => {
        await sink(one);
        heard += 1;
      }),
    speak: async (speaker, text, place) => {
      const who = await person(speaker);
      const where = place === undefined ? {} : { group: await group(place.group), mention: place.mentioned };
      await vi.waitFor(() => expect(channel.status().state).toBe('online'), PATIENCE);
      const before = heard;
      await platform.says(who, text, where);
      const isHeard = place === undefined || place.mentioned || !platform.lacks.includes('overhearing');
      if (isHeard) await vi.waitFor(() => expect(heard).toBeGreaterThan(before), PATIENCE);
    },
    deliver: async (delivery) => {
      const outcome = await channel.deliver(delivery);
      if (outcome.fate !== 'not-sent') {
        const shown = (await platform.shown(delivery.chat.address)).map(({ text }) => text).join('\n');
        for (const line of withoutMarks(delivery.message.text).split('\n')) expect(shown).toContain(line);
        delivered.push({ ...delivery, chat: { ...delivery.chat, address: placeOf(delivery.chat.address) } });
      }
      return outcome;
    },
    status: () => channel.status(),
    stop: () => channel.stop(),
  };
}
