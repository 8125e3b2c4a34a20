/** Folds a message down to what WeCom shows: Markdown, cards to tap, and media, each a message of its own there. */
import type { Attachment, Choice, Message } from '../../model/message.ts';
import type { FoldWords } from '../channel.ts';
import { withoutMarks } from '../folding/bold-text.ts';
import { foldMessage } from '../folding/fold-message.ts';
import { areButtons, areOptions, ballotCard, buttonCard, type Card, choiceCard, MOST_BUTTONS } from './card.ts';
import { cardText, VOTE_BODY } from './card-text.ts';
import { byteLength, markdownLink, markdownParts } from './markdown.ts';
import type { WecomWords } from './wecom-texts.ts';

export type Piece =
  | { readonly is: 'words'; readonly markdown: string }
  /** `instead`: what is said where the card is refused; nothing where all of it has been said in words already. */
  | {
      readonly is: 'card';
      readonly card: Card;
      readonly labels: readonly string[];
      readonly instead: readonly string[];
    }
  | { readonly is: 'media'; readonly attachment: Attachment };

export interface PieceWords {
  readonly fold: FoldWords;
  readonly own: WecomWords;
}

/** `taskId` is the number of the card; without one there is no card. */
export function piecesOf(message: Message, taskId: string | null, words: PieceWords): Piece[] {
  const { attachment } = message;
  const spoken = taskId === null ? said(message, words) : spokenPieces(message, taskId, words);
  return attachment === undefined ? spoken : [...spoken, { is: 'media', attachment }];
}

function spokenPieces(message: Message, taskId: string, words: PieceWords): Piece[] {
  const { choices = [], ballot = [] } = message;
  if (choices.length > 0) return chosenPieces(message, choices, taskId, words);
  const card = ballot.length > 0 && areOptions(ballot) ? tickCard(ballot, taskId, words) : null;
  return card === null ? said(message, words) : [...said(message, words), card];
}

function chosenPieces(message: Message, choices: readonly Choice[], taskId: string, words: PieceWords): Piece[] {
  const labels = choices.map(({ label }) => label);
  const inWords = said(message, words);
  const card = tapCard(withoutMarks(message.text), choices, taskId, words);
  const isWhole = card !== null && message.link === undefined;
  if (isWhole) return [{ is: 'card', card, labels, instead: markdownOf(inWords) }];
  const apart = tapCard(words.own.choose, choices, taskId, words);
  if (apart !== null) {
    const list = foldMessage({ text: '', choices: [...choices] }, words.fold).trim();
    return [...said(message, words, true), { is: 'card', card: apart, labels, instead: markdownParts(list) }];
  }
  // Labels that a button would cut off stand in the words, and the buttons bear their numbers.
  if (choices.length < 2 || choices.length > MOST_BUTTONS) return inWords;
  const numbers = choices.map((_, index) => String(index + 1));
  const numbered = buttonCard({ title: words.own.choose, body: '' }, numbers, taskId);
  return [...inWords, { is: 'card', card: numbered, labels: numbers, instead: [] }];
}

/** `null`: a card would cut something off. */
function tapCard(text: string, choices: readonly Choice[], taskId: string, { own }: PieceWords): Card | null {
  if (areButtons(choices)) {
    const fitting = cardText(text);
    return (
      fitting &&
      buttonCard(
        fitting,
        choices.map(({ label }) => label),
        taskId,
      )
    );
  }
  const fitting = areOptions(choices) ? cardText(text, VOTE_BODY) : null;
  return fitting && choiceCard(fitting, choices, own.submit, taskId);
}

function tickCard(ballot: readonly Choice[], taskId: string, { own }: PieceWords): Piece | null {
  const card = ballotCard({ title: own.tick, body: '' }, ballot, own.submit, taskId);
  return card && { is: 'card', card, labels: ballot.map(({ label }) => label), instead: [] };
}

// Room for a label and a long address below the last part (20,480 bytes in all, document 101138).
const WITH_LINK_BYTES = 20_000;

function said(message: Message, { fold }: PieceWords, areChoicesBeside = false): Piece[] {
  const folded = foldMessage(message, fold, { link: true, choices: areChoicesBeside });
  const parts = folded.trim() === '' ? [] : markdownParts(folded);
  const link = message.link === undefined ? null : markdownLink(message.link);
  const last = parts.at(-1);
  if (link !== null && last !== undefined && byteLength(last) + byteLength(link) < WITH_LINK_BYTES) {
    parts[parts.length - 1] = `${last}\n\n${link}`;
  } else if (link !== null) parts.push(link);
  return parts.map((markdown) => ({ is: 'words', markdown }));
}

function markdownOf(pieces: readonly Piece[]): string[] {
  return pieces.flatMap((piece) => (piece.is === 'words' ? [piece.markdown] : []));
}
