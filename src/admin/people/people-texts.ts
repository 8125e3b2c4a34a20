/** What the page that erases a resident may say; what goes and what stays is said in the words of the chat. */
import type { TextCatalogue } from '../../model/text.ts';

export const PEOPLE_TEXTS = {
  'people.erase': [],
  'people.erase-title': [],
  'people.erase-who': ['who', 'day'],
  'people.unnamed': [],
  'people.erase-check': [],
  'people.erase-gone': [],
  'people.erase-stays': [],
  'people.erase-help': [],
  'people.erase-button': [],
  'people.erase-keep': [],
  'people.erase-back': [],
  'people.erased': [],
} as const satisfies TextCatalogue;
