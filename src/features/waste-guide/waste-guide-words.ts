/** Puts what the guide knows into words: the local name of the class, the colour of its bin, the note. */
import type { Content } from '../../content/content.ts';
import { compileNeighbourPatterns, forNeighbours } from '../../language/neighbour-words.ts';
import { maskSensitive } from '../../lib/phone.ts';
import { cutGraphemes } from '../../lib/text.ts';
import type { Chat } from '../../model/chat.ts';
import type { Community } from '../../model/community.ts';
import type { Saying } from '../../model/text.ts';
import type { WasteClass, WasteItem } from '../../model/waste-item.ts';
import { say } from './waste-guide-texts.ts';

export type WasteContent = Pick<Content, 'wasteGuide' | 'texts' | 'languageTables'>;

export interface WasteParts {
  /** The last good set: tables are taken over while the bot runs. */
  readonly content: () => WasteContent;
}

/** The bin colours of the table are Chinese words, so they are said to those who read Chinese. */
const CHINESE = 'zh';

/** A thing is named in a few words; what is longer is a story and is cut. */
const LONGEST_ITEM = 20;

/** As the committee may read it, and whoever said it. */
export function shownItem(words: string): string {
  return cutGraphemes(maskSensitive(words).trim(), LONGEST_ITEM);
}

export class WasteWords {
  readonly #content: WasteContent;
  readonly #community: Community;

  constructor(content: WasteContent, community: Community) {
    this.#content = content;
    this.#community = community;
  }

  /** "Kitchen waste (green bin)"; for what changes with its state, every case. */
  placeOf({ class: only, depends }: Pick<WasteItem, 'class' | 'depends'>): string {
    if (depends.length === 0) return this.className(only);
    const cases = depends.map((one) =>
      this.say(say('waste.case', { when: one.when, place: this.className(one.class) })),
    );
    return this.say(say('waste.cases', { cases: cases.join(this.say(say('waste.case-separator'))) }));
  }

  className(wasteClass: WasteClass): string {
    const { locale, settings } = this.#community;
    const known = this.#content.wasteGuide.className(wasteClass, settings.wasteScheme);
    if (known === undefined) return wasteClass;
    if (!locale.startsWith(CHINESE)) return this.say(say('waste.place', { class: known.nameEn }));
    if (known.bin === '') return this.say(say('waste.place', { class: known.name }));
    return this.say(say('waste.place-bin', { class: known.name, colour: known.bin }));
  }

  /** Empty where there is nothing to add. */
  noteOf(note: string, variesLocally: boolean): string {
    const bare = note.replace(FULL_STOP, '');
    if (bare === '') return variesLocally ? this.say(say('waste.local')) : '';
    return this.say(variesLocally ? say('waste.note-local', { note: bare }) : say('waste.note', { note: bare }));
  }

  /** What somebody called a thing, said again: among neighbours without whose it is and where they live. */
  thing(asked: string, { kind }: Pick<Chat, 'kind'>): string {
    if (kind !== 'group') return shownItem(asked);
    const open = forNeighbours(asked, compileNeighbourPatterns(this.#content.languageTables));
    return open === '' ? this.say(say('waste.that-thing')) : shownItem(open);
  }

  names(names: readonly string[]): string {
    return names.join(this.say(say('waste.name-separator')));
  }

  say({ key, variables }: Saying): string {
    return this.#content.texts.render(this.#community.locale, key, variables, key);
  }
}

const FULL_STOP = /[\u3002.]$/u;
