/** Somebody is in danger: the number to ring comes first, and the committee hears of it in the same transaction. */
import type { Saying } from '../../model/text.ts';
import type { Outcome, Turn } from '../../runtime/feature.ts';
import { type DeskContent, inWords } from './front-desk-parts.ts';
import { reportIssue } from './front-desk-service.ts';
import { say } from './front-desk-texts.ts';
import type { Emergency } from './front-desk-words.ts';

export async function meetEmergency(turn: Turn, content: DeskContent, emergency: Emergency): Promise<Outcome> {
  const { tx, community, person, chat, text, now } = turn;
  await reportIssue(tx, { communityId: community.id, personId: person.id, chatId: chat.id, text, now });
  const first = inWords(content, community, whomToRing(emergency));
  // Also in a group where others are being answered this waits for nobody.
  return { messages: [{ to: 'here', said: said(turn, first), urgent: true }] };
}

function said({ chat, community }: Turn, first: string): Saying {
  const { contact } = community.settings;
  if (chat.kind === 'group') return say('desk.emergency-group', { first });
  return contact === '' ? say('desk.emergency', { first }) : say('desk.emergency-contact', { first, contact });
}

/** 119 fire and rescue, 120 ambulance, 110 police: the national numbers, free from every phone. */
function whomToRing(emergency: Emergency): Saying {
  switch (emergency) {
    case 'fire':
      return say('desk.emergency-fire');
    case 'gas':
      return say('desk.emergency-gas');
    case 'shock':
      return say('desk.emergency-shock');
    case 'medical':
      return say('desk.emergency-medical');
    case 'lost':
      return say('desk.emergency-lost');
    case 'help':
      return say('desk.emergency-help');
  }
}
