/** What stands in a table of pledges, whether a page or the command line reads or writes it. */
import type { TextCatalogue } from '../../model/text.ts';

export const PLEDGE_TABLE_TEXTS = {
  'sheet.list-separator': [],
  'heading.compound': [],
  'heading.building': [],
  'heading.unit': [],
  'heading.room': [],
  'heading.people': [],
  'heading.habits': [],
  'heading.state': [],
  'heading.madeOn': [],
  'heading.changedOn': [],
  'heading-also.compound': [],
  'heading-also.building': [],
  'heading-also.unit': [],
  'heading-also.room': [],
  'heading-also.people': [],
  'heading-also.habits': [],
  'row-refused.no-building': [],
  'row-refused.no-room': [],
  'row-refused.which-compound': [],
  'row-refused.no-habits': [],
  'row-refused.unknown-habit': [],
  'row-refused.people-wrong': [],
  'row-refused.withdrawn': [],
} as const satisfies TextCatalogue;
