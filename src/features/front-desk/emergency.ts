/** Somebody is in danger: the number to ring comes first, and the committee hears of it in the same transaction. */
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import type { Emergency } from './emergency-words.ts';
import { type DeskContent, inWords } from './front-desk-parts.ts';
import { reportEmergency } from './front-desk-service.ts';
import { say } from './front-desk-texts.ts';

export async function meetEmergency(turn: Turn, content: DeskContent, emergency: Emergency): Promise<Outcome> {
  await report(turn);
  // Also in a group where others are being answered this waits for nobody.
  return { messages: [{ to: 'here', said: said(turn, content, emergency), urgent: true }] };
}

/** Among neighbours the bot holds its tongue; whoever can act hears of it. */
export async function overhearEmergency(turn: Turn): Promise<Outcome> {
  await report(turn);
  return { messages: [] };
}

async function report({ tx, community, person, chat, text, now }: Turn): Promise<void> {
  await reportEmergency(tx, { communityId: community.id, personId: person.id, chatId: chat.id, text, now });
}

function said({ chat, community }: Turn, content: DeskContent, emergency: Emergency): Saying {
  const { contact } = community.settings;
  if (emergency === 'despair') return comfort(chat.kind === 'group', contact);
  const first = inWords(content, community, whomToRing(emergency));
  if (chat.kind === 'group') return say('desk.emergency-group', { first });
  return contact === '' ? say('desk.emergency', { first }) : say('desk.emergency-contact', { first, contact });
}

/**
 * Whoever despairs is spoken to, not ordered about. 12356 is the national line for psychological help (notice of the
 * National Health Commission of 25 December 2024); it need not be staffed at night, 110 and 120 are.
 */
function comfort(isGroup: boolean, contact: string): Saying {
  if (isGroup) return say('desk.despair-group');
  return contact === '' ? say('desk.despair') : say('desk.despair-contact', { contact });
}

/** 119 fire and rescue, 120 ambulance, 110 police: the national numbers, free from every phone. */
function whomToRing(emergency: Exclude<Emergency, 'despair'>): Saying {
  switch (emergency) {
    case 'fire':
      return say('desk.emergency-fire');
    case 'gas':
      return say('desk.emergency-gas');
    case 'shock':
      return say('desk.emergency-shock');
    case 'medical':
      return say('desk.emergency-medical');
    case 'violence':
      return say('desk.emergency-violence');
    case 'lost':
      return say('desk.emergency-lost');
    case 'rescue':
      return say('desk.emergency-rescue');
    case 'help':
      return say('desk.emergency-help');
  }
}
